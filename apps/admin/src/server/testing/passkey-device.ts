import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'
import type { PasskeyMade, PasskeyShown, PasskeyToMake, PasskeyToShow } from '@copractice/core/directory'

/**
 * An authenticator with one ES256 passkey, in a browser at `origin`: WebAuthn Level 3, 6.1 (authenticator data) and
 * 8.7 (attestation "none"). Its counter goes up by one with each use and can be set.
 */
export function passkeyDevice(origin: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(32)
  const device = { origin, counter: 0, id: id.toString('base64url') }

  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: device.origin, crossOrigin: false }))
  const authenticatorData = (rpId: string, flags: number, attested = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(device.counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), counter, attested])
  }
  const answer = () => ({
    id: device.id,
    rawId: device.id,
    type: 'public-key' as const,
    clientExtensionResults: {},
  })

  const make = ({ challenge, rp }: PasskeyToMake): PasskeyMade => {
    const jwk = publicKey.export({ format: 'jwk' })
    // COSE key: kty EC2, alg ES256, crv P-256, x, y.
    const key = cborMap([
      [Buffer.from([0x01]), Buffer.from([0x02])],
      [Buffer.from([0x03]), Buffer.from([0x26])],
      [Buffer.from([0x20]), Buffer.from([0x01])],
      [Buffer.from([0x21]), cborBytes(Buffer.from(jwk.x!, 'base64url'))],
      [Buffer.from([0x22]), cborBytes(Buffer.from(jwk.y!, 'base64url'))],
    ])
    const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
    // User present, user verified, attested credential.
    const attestationObject = cborMap([
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap([])],
      [cborText('authData'), cborBytes(authenticatorData(rp.id, 0x45, attested))],
    ])
    return {
      ...answer(),
      response: {
        clientDataJSON: clientData('webauthn.create', challenge).toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  const show = ({ challenge, rpId }: Pick<PasskeyToShow, 'challenge' | 'rpId'>): PasskeyShown => {
    device.counter += 1
    const data = authenticatorData(rpId, 0x05)
    const client = clientData('webauthn.get', challenge)
    const signed = Buffer.concat([data, createHash('sha256').update(client).digest()])
    return {
      ...answer(),
      response: {
        clientDataJSON: client.toString('base64url'),
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, privateKey).toString('base64url'),
      },
    }
  }
  return { device, make, show }
}

/** CBOR (RFC 8949) of what is needed above, as short as can be: 24 to 255 bytes, 23 pairs, 23 letters. */
const cborBytes = (bytes: Buffer) => Buffer.concat([Buffer.from([0x58, bytes.length]), bytes])
const cborText = (text: string) => Buffer.concat([Buffer.from([0x60 + text.length]), Buffer.from(text)])
const cborMap = (pairs: readonly (readonly [Buffer, Buffer])[]) =>
  Buffer.concat([Buffer.from([0xa0 + pairs.length]), ...pairs.flat()])
