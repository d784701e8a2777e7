import { X509Certificate } from 'node:crypto'

/** A certificate's DER as base64 on one line, which is how metadata has it and how we keep it; undefined: it is none. */
export function readCertificate(text: string): string | undefined {
  try {
    return new X509Certificate(Buffer.from(text.replaceAll(/\s/g, ''), 'base64')).raw.toString('base64')
  } catch {
    return undefined
  }
}

/** Every certificate of a PEM text. Undefined when one of them cannot be read, or there is none. */
export function readPem(pem: string): string[] | undefined {
  const blocks = [...pem.matchAll(/-----BEGIN CERTIFICATE-----([\s\S]*?)-----END CERTIFICATE-----/g)]
  const bodies = blocks.length ? blocks.map(([, body]) => body!) : [pem]
  const read = bodies.map(readCertificate)
  return read.every((one) => one !== undefined) ? [...new Set(read)] : undefined
}

/** For people: what to compare with the provider's own page. */
export function describeCertificate(certificate: string) {
  const { subject, fingerprint256, validFromDate, validToDate } = new X509Certificate(
    Buffer.from(certificate, 'base64'),
  )
  return {
    name: (subject ?? '').replaceAll('\n', ', '),
    fingerprint: fingerprint256,
    from: validFromDate,
    until: validToDate,
  }
}
