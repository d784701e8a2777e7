export { addPerson, type NewPerson } from './add-person.ts'
export { addRound } from './add-round.ts'
export { actorFor, openSession } from './open-session.ts'
export { seedNetwork, type SeededNetwork } from './seed-network.ts'
