/**
 * Whether somebody counts. An LMS's test student (Canvas's Student View) does not: a teacher of the course steers it, may
 * look at all that a learner sees and try every page of it, and each act is refused with a reason. So it never holds a
 * seat or a place, reviews nobody, stands in no roster, column or report, and no message goes to it.
 */
export const counts = ({ isTest }: Readonly<{ isTest?: boolean | undefined }>): boolean => isTest !== true
