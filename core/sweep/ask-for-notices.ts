import type { ExternalLists } from '../notice/ports.ts';
import type { PostmortemId } from '../postmortem/postmortem.ts';
import { attempt, type Failures } from './attempt.ts';

export interface NoticesDeps extends Failures {
  readonly notices: Pick<ExternalLists, 'due'> & {
    /** Has what customers read of a postmortem looked at. Idempotent. */
    readonly ask: (postmortem: PostmortemId) => Promise<void>;
  };
  readonly hasTime: () => boolean;
  readonly now: () => Date;
}

const most = 100;

/** Has notices looked at of which something is due. Whoever looks decides what. */
export async function askForNotices({ notices, hasTime, now, failed }: NoticesDeps): Promise<void> {
  const due = (await attempt('notices', () => notices.due(now(), most), { failed })) ?? [];
  for (const { postmortem } of due) if (hasTime()) await attempt('notices', () => notices.ask(postmortem), { failed });
}
