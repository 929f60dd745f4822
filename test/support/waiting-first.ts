import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * Tests in these folders start a local stack or processes, and spend most of their time waiting.
 */
const waits = /\/test\/(stack|faults|local|lib|bin)\//;

/** Takes seconds of a processor. */
const isSlow = /\.(slow|fuzz)\.test\.ts$/;

/**
 * Runs the test files that wait first, then those that take long. If one of them began last, the
 * run would wait for it alone. The tests of core fill the gaps.
 */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const {
      waiting = [],
      slow = [],
      others = [],
    } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      waits.test(moduleId) ? 'waiting' : isSlow.test(moduleId) ? 'slow' : 'others',
    );
    return [...waiting, ...slow, ...others];
  }
}
