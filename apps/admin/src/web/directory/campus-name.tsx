import { LetterBadge, type Mark } from '@copractice/ui'

/** Where somebody comes from, as lists of people show it. */
export function CampusName({ institution }: { institution: Mark & Readonly<{ name: string }> }) {
  return (
    <span className="with-badge">
      <LetterBadge mark={institution} small />
      {institution.name}
    </span>
  )
}
