import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Start a local stack or processes, and wait for them most of their time. */
const waits = /\/test\/(stack|faults|local|lib|bin)\//;

/**
 * A file that waits long, begun last, would be waited for alone: those that wait come first, and
 * core fills up the time.
 */
export class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { waiting = [], others = [] } = Object.groupBy(await super.sort(files), ({ moduleId }) =>
      waits.test(moduleId) ? 'waiting' : 'others',
    );
    return [...waiting, ...others];
  }
}
