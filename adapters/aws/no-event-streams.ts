/**
 * In bundles this stands for `@smithy/core/event-streams`, which the SDK imports for a call that is
 * answered by a stream of events. We make none.
 */
throw new Error('this call needs event streams, which lib/bundle.ts leaves out of the functions');

export {};
