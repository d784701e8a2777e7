/**
 * The timestamp a score is sent with. LMSs compare by whole second and take only what is newer, and a timestamp ahead of
 * their clock would block later scores: so it is the present second, and where the cell's last score already has that
 * second (or a later one) the score waits for the next. A score sent before keeps its timestamp, so that the LMS can
 * tell a resend from a new score.
 */
export function chooseTimestamp(
  { own, lastOfCell }: Readonly<{ own: Date | null; lastOfCell: Date | null }>,
  now: Date,
): { kind: 'send'; timestamp: Date } | { kind: 'wait'; until: Date } {
  if (own) return { kind: 'send', timestamp: own }
  const second = new Date(Math.floor(now.getTime() / 1000) * 1000)
  if (lastOfCell && lastOfCell >= second) return { kind: 'wait', until: new Date(lastOfCell.getTime() + 1000) }
  return { kind: 'send', timestamp: second }
}
