export * from './contract.ts'
export { hideSmall, hideSmallList, hideSmallPair, SMALLEST_TOLD } from './hide-small.ts'
export { hideTies } from './hide-ties.ts'
export { hideByPeople } from './hide-by-people.ts'
