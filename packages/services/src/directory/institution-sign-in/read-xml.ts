import { DOMParser } from '@xmldom/xmldom'

export type Xml = Element

/**
 * The root of an XML document, or undefined when it is none. By the parser that node-saml proves signatures with, so that
 * what is read is what was proved, and stricter: whatever it would have to guess at is refused. A document type is refused
 * before anything is parsed, so that no entity is ever met.
 */
export function readXml(text: string): Xml | undefined {
  if (/<!DOCTYPE|<!ENTITY/i.test(text)) return undefined
  const refuse = (message: string) => {
    throw new Error(message)
  }
  try {
    const parser = new DOMParser({ errorHandler: { warning: refuse, error: refuse, fatalError: refuse } })
    return parser.parseFromString(text, 'text/xml').documentElement ?? undefined
  } catch {
    return undefined
  }
}

/** Elements below by namespace and name, however deep; `*` for any namespace. */
export const everyBelow = (element: Xml, namespace: string, name: string): Xml[] =>
  Array.from(element.getElementsByTagNameNS(namespace, name))

/** Those that are its own children. */
export const childrenOf = (element: Xml, namespace: string, name: string): Xml[] =>
  everyBelow(element, namespace, name).filter((one) => one.parentNode === element)

export const textOf = (element: Xml | undefined): string | null => element?.textContent?.trim() || null
export const attributeOf = (element: Xml | undefined, name: string): string | null =>
  element?.getAttribute(name) || null
