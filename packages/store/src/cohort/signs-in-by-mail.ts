import { sql } from 'kysely'

/** Someone reaches the space by mail when they have an e-mail identity and no LMS one. Of the seat `s`. */
export const signsInByMail = sql<boolean>`(exists (select 1 from identity d where d.network_id = s.network_id
  and d.person_id = s.person_id and d.kind = 'email') and not exists (select 1 from identity d
  where d.network_id = s.network_id and d.person_id = s.person_id and d.kind = 'lti'))`
