export * from './contract.ts'
export { hideSmall, hideSmallList, hideSmallPair, SMALLEST_TOLD } from './hide-small.ts'
