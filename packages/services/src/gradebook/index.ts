export { deliverDueScores, type DeliveryDeps } from './deliver-scores.ts'
export { listDeliveries, retryDelivery } from './list-deliveries.ts'
export { previewPublish } from './preview-publish.ts'
export { publishScores } from './publish-scores.ts'
