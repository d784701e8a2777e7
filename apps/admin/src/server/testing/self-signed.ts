import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

const length = (bytes: number): number[] =>
  bytes < 128 ? [bytes] : bytes < 256 ? [0x81, bytes] : [0x82, bytes >> 8, bytes & 255]
const tagged = (tag: number, ...parts: Uint8Array[]): Buffer => {
  const body = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag, ...length(body.length)]), body])
}
const sequence = (...parts: Uint8Array[]) => tagged(0x30, ...parts)
const utcTime = (at: Date) => tagged(0x17, Buffer.from(`${at.toISOString().replaceAll(/[-:T]/g, '').slice(2, 14)}Z`))
/** sha256WithRSAEncryption, and the attribute type of a common name. */
const SHA256_RSA = sequence(Buffer.from('06092a864886f70d01010b', 'hex'), Buffer.from('0500', 'hex'))
const COMMON_NAME = Buffer.from('0603550403', 'hex')

export type SelfSigned = Readonly<{ key: KeyObject; certificate: string }>

/** A key and its self-signed X.509 certificate (base64 of DER), as identity providers make theirs. */
export function selfSigned(name: string, from: Date, until: Date): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const called = sequence(tagged(0x31, sequence(COMMON_NAME, tagged(0x0c, Buffer.from(name)))))
  const body = sequence(
    tagged(0x02, Buffer.from([1])),
    SHA256_RSA,
    called,
    sequence(utcTime(from), utcTime(until)),
    called,
    publicKey.export({ type: 'spki', format: 'der' }),
  )
  const signature = tagged(0x03, Buffer.from([0]), sign('sha256', body, privateKey))
  return { key: privateKey, certificate: sequence(body, SHA256_RSA, signature).toString('base64') }
}
