import { useLayoutEffect, useState, type RefObject } from 'react'

/** Which rows and columns of a large grid are worth drawing: those in sight and some beside them. */
export type Window = Readonly<{ top: number; bottom: number; left: number; right: number }>

const BESIDE = 6

/**
 * Follows the scrolling of `region`, whose cells are `cell` pixels square. Everything is in sight where the grid is small
 * (`isSmall`), and until the region has been measured only its beginning is.
 */
export function useWindow(
  region: RefObject<HTMLElement | null>,
  { rows, columns, cell, isSmall }: Readonly<{ rows: number; columns: number; cell: number; isSmall: boolean }>,
): Window {
  const [seen, setSeen] = useState({ top: 0, bottom: 24, left: 0, right: 30 })
  useLayoutEffect(() => {
    const element = region.current
    if (!element || isSmall) return undefined
    const look = () => {
      const top = Math.floor(element.scrollTop / cell)
      const left = Math.floor(Math.abs(element.scrollLeft) / cell)
      const next = {
        top: Math.max(0, top - BESIDE),
        bottom: Math.min(rows, top + Math.ceil((element.clientHeight || 600) / cell) + BESIDE),
        left: Math.max(0, left - BESIDE),
        right: Math.min(columns, left + Math.ceil((element.clientWidth || 900) / cell) + BESIDE),
      }
      setSeen((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next))
    }
    look()
    element.addEventListener('scroll', look, { passive: true })
    window.addEventListener('resize', look)
    return () => {
      element.removeEventListener('scroll', look)
      window.removeEventListener('resize', look)
    }
  }, [region, cell, isSmall, rows, columns])
  return isSmall
    ? { top: 0, bottom: rows, left: 0, right: columns }
    : {
        top: Math.min(seen.top, rows),
        bottom: Math.min(seen.bottom, rows),
        left: Math.min(seen.left, columns),
        right: Math.min(seen.right, columns),
      }
}
