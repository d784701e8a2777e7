/** Somebody who might be written to. */
export type Recipient = Readonly<{ personId: string; name: string | null; email: string | null; isTest: boolean }>

/**
 * Who gets a message: nobody twice, whoever shares an address once (addresses compare in lower case), an LMS's test
 * person never. Those without an address are named, so that they can be told another way.
 */
export function addressMessage<Found extends Recipient>(found: readonly Found[]) {
  const people = [...new Map(found.filter(({ isTest }) => !isTest).map((one) => [one.personId, one])).values()]
  const to = new Map<string, Found & { email: string }>()
  for (const one of people) {
    const address = one.email?.trim().toLowerCase()
    if (address && !to.has(address)) to.set(address, { ...one, email: one.email! })
  }
  return { to: [...to.values()], withoutAddress: people.filter(({ email }) => !email?.trim()) }
}
