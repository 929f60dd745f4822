import { dynamoAuditLog } from '../../adapters/dynamodb/audit-log.ts';
import { dynamoDistributionStore } from '../../adapters/dynamodb/distribution-store.ts';
import { dynamoArtefacts, dynamoExternalLists, dynamoExternals } from '../../adapters/dynamodb/external-store.ts';
import { dynamoPostmortemIndex } from '../../adapters/dynamodb/postmortem-store.ts';
import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { secretlintFinder } from '../../adapters/secretlint/find-secrets.ts';
import type { Queue } from '../../adapters/sqs/sqs-queue.ts';
import type { StartDeps } from '../../core/compose/ports.ts';
import { tellNotice } from '../../core/compose/tell-notice.ts';
import { lint } from '../../core/notice/lint/lint.ts';
import { lintContextOf } from '../../core/notice/lint/lint-context.ts';
import type { LookDeps } from '../../core/notice/look.ts';
import { newPublicId } from '../../core/notice/new-public-id.ts';
import { aboutReview } from '../../core/notice/review-link.ts';
import { log } from '../shared/logger.ts';
import type { ComposeMessage } from '../shared/occasion.ts';
import { renderToApprove, wireTelling } from './telling.ts';

/** What looking at notices needs. `own`: the queue that asks for mails and for another look. */
export function wireNotices(
  table: Table,
  own: Queue,
  starting: StartDeps,
  {
    settlingMs,
    newId,
    random,
  }: { readonly settlingMs: number; readonly newId: () => string; readonly random: (bytes: number) => Uint8Array },
): LookDeps {
  const { now } = starting;
  const telling = wireTelling(table, starting);
  const secrets = secretlintFinder();
  return {
    externals: dynamoExternals(table, now),
    lists: dynamoExternalLists(table),
    artefacts: dynamoArtefacts(table, now),
    notices: dynamoPublicNotices(table),
    stored: dynamoPostmortemIndex(table).read,
    async file() {
      const applied = await dynamoDistributionStore(table).read();
      return applied && { distribution: applied.distribution, sids: applied.sids ?? {} };
    },
    lint: (content, stored, distribution) => lint(content, lintContextOf(stored, distribution), secrets),
    render: renderToApprove(telling),
    async tell(told) {
      await tellNotice(told, telling);
    },
    mail: (mails) =>
      own.send(
        mails.map(
          ({ kind, postmortem, n, act, subscriber, at }) =>
            ({
              stream: 'service',
              kind,
              about: aboutReview({ postmortem, n, act }),
              realm: 'staff',
              subscriber,
              at,
            }) satisfies ComposeMessage,
        ),
      ),
    audit: dynamoAuditLog(table, newId),
    lookAgain: (notice, delaySeconds) => own.send([{ notice } satisfies ComposeMessage], delaySeconds),
    failed: (postmortem, error) => log.error('an external version could not be looked at', error, { postmortem }),
    newPublicId: () => newPublicId(random),
    pace: { settlingMs },
    now,
  };
}
