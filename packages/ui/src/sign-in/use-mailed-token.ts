import { useEffect, useState } from 'react'
import { takeToken } from './take-token.ts'

/**
 * The token of a mailed link to the sign-in page, null without one and on any other page. Also where the link comes into the tab
 * that asked for it, which asks for no page anew. `forget` lets go of it.
 */
export function useMailedToken(): Readonly<{ token: string | null; forget: () => void }> {
  const [token, setToken] = useState(takeHere)
  useEffect(() => {
    const onHash = () => {
      const found = takeHere()
      if (found) setToken(found)
    }
    addEventListener('hashchange', onHash)
    return () => removeEventListener('hashchange', onHash)
  }, [])
  return { token, forget: () => setToken(null) }
}

const takeHere = () => (window.location.pathname === '/sign-in' ? takeToken() : null)
