import { dynamoPublicNotices } from '../../adapters/dynamodb/public-notices.ts';
import type { Table } from '../../adapters/dynamodb/table.ts';
import { dynamoWithdrawalMails } from '../../adapters/dynamodb/withdrawal-mails.ts';
import { composeNotice } from '../../core/compose/compose-notice.ts';
import type { StartDeps } from '../../core/compose/ports.ts';
import { productsBefore, type TellNoticeDeps } from '../../core/compose/tell-notice.ts';
import type { LookDeps } from '../../core/notice/look.ts';
import { renderNotice } from '../../emails/render-notice.ts';

/** What telling customers of a notice reads, renders and starts with. */
export const wireTelling = (table: Table, starting: StartDeps): TellNoticeDeps => ({
  ...starting,
  renderNotice,
  notices: dynamoPublicNotices(table),
  withdrawals: dynamoWithdrawalMails(table),
});

/** Renders the mail that persons are asked to approve. */
export const renderToApprove =
  (deps: TellNoticeDeps): LookDeps['render'] =>
  async (content, { isUpdate }, distribution) => {
    const current = await deps.notices.read(content.publicId);
    const before = current ? await productsBefore({ publicId: content.publicId, version: current.version + 1 }, deps) : [];
    return composeNotice(content, { isUpdate, productsBefore: before }, distribution, deps);
  };
