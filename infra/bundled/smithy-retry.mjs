// Of the SDK's retries, the strategy and the judges of errors alone: its index also brings a middleware with all that reads dates.
export { StandardRetryStrategy } from '../../node_modules/@smithy/core/dist-es/submodules/retry/util-retry/StandardRetryStrategy.js';
export {
  isThrottlingError,
  isTransientError,
} from '../../node_modules/@smithy/core/dist-es/submodules/retry/service-error-classification/service-error-classification.js';
