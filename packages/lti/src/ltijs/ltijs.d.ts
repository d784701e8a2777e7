/** What we use of ltijs 5.9.9, as it behaves. (@types/ltijs describes version 4.) */
declare module 'ltijs' {
  type IdToken = Readonly<{
    iss: string
    clientId: string
    platformContext: Readonly<{
      endpoint?: Readonly<{ lineitems: string }>
      namesRoles?: Readonly<{ context_memberships_url: string }>
    }>
  }>

  type Collection = string
  /** The plugin ltijs keeps everything in. `Get` answers `false` where there is nothing. */
  interface DatabasePlugin {
    setup: () => Promise<boolean>
    Close: () => Promise<boolean>
    Get: (
      encryptionKey: string | false,
      collection: Collection,
      query?: Readonly<Record<string, unknown>>,
    ) => Promise<readonly object[] | false>
    Insert: (...given: readonly unknown[]) => Promise<boolean>
    Replace: (...given: readonly unknown[]) => Promise<boolean>
    Modify: (...given: readonly unknown[]) => Promise<boolean>
    Delete: (...given: readonly unknown[]) => Promise<boolean>
  }

  class ProviderClass {
    setup(
      encryptionKey: string,
      database: Readonly<{ plugin: DatabasePlugin }>,
      options: Readonly<{ cors: false; devMode: false; cookies: Readonly<{ secure: true; sameSite: 'None' }> }>,
    ): this
    Grade: {
      getLineItems: (
        idToken: IdToken,
        options?: Readonly<{ tag?: string; resourceId?: string; url?: string }>,
      ) => Promise<{ lineItems: unknown; next?: string }>
      createLineItem: (idToken: IdToken, lineItem: Readonly<Record<string, unknown>>) => Promise<unknown>
    }
    NamesAndRoles: {
      getMembers: (
        idToken: IdToken,
        options: Readonly<{ url: string; pages: 1 }>,
      ) => Promise<{ members: unknown; next?: string; differences?: string } | null>
    }
  }
  /** One instance is made on import; further ones by its constructor. */
  export const Provider: ProviderClass & { constructor: new () => ProviderClass }
}
