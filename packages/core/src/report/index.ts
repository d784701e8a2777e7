export * from './contract.ts'
export { hideSmall, hideSmallList, SMALLEST_TOLD } from './hide-small.ts'
