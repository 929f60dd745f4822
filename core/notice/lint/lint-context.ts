import type { Distribution } from '../../distribution/distribution.ts';
import { noticeRulesOf } from '../../distribution/notice-rules.ts';
import type { NoticeSettings } from '../../distribution/notices.ts';
import { configuredStream } from '../../distribution/stream-rules.ts';
import { plainText } from '../../postmortem/plain-text.ts';
import type { Postmortem } from '../../postmortem/postmortem.ts';
import { streamsOf } from '../../stream/stream.ts';
import type { Known } from './known.ts';
import { type Searched, searchedFor } from './names.ts';
import { sentencesOf } from './said.ts';

/** What the lint knows of the organisation and of the incident. Made once for many texts. */
export interface LintContext {
  /** The organisation's domains, and those that are only inside. */
  readonly domains: readonly string[];
  readonly internalDomains: readonly string[];
  /** What customers may be given to ask: pages and addresses. */
  readonly contacts: readonly string[];
  /** Names that are looked for, and those that customers know. */
  readonly searched: Searched;
  /** What support was told not to say, as the words of each sentence. */
  readonly doNotSay: readonly (readonly string[])[];
}

export const lintContext = ({ domains = [], internalDomains = [], contacts = [], doNotSay = [], ...names }: Known): LintContext => ({
  domains: domains.map((domain) => domain.toLowerCase()),
  internalDomains: internalDomains.map((domain) => domain.toLowerCase()),
  contacts: contacts.map((contact) => contact.toLowerCase()),
  searched: searchedFor(names),
  doNotSay: doNotSay.flatMap((text) => sentencesOf(text)).slice(0, mostSentences),
});
const mostSentences = 300;

/** What is known of one postmortem's organisation, people and customers. */
export function lintContextOf({ postmortem }: { readonly postmortem: Postmortem }, distribution: Distribution): LintContext {
  const { organisation, senders, teams, products = [], reviews, severities } = distribution;
  const rules = noticeRulesOf(distribution);
  const settings = streamsOf('customers').map((stream): NoticeSettings => configuredStream(distribution, stream) ?? {});
  const kept = settings.flatMap(({ mustNotLeave }) => mustNotLeave ?? []);
  const addresses = [
    ...(postmortem.external?.writtenBy ?? []),
    ...(rules?.approvers.flatMap(({ address, also = [] }) => [address, ...also]) ?? []),
    ...teams.flatMap(({ leads = [], deputies = [] }) => [...leads, ...deputies]),
    ...(reviews?.reviewers ?? []).map(({ address }) => address),
  ];
  return lintContext({
    domains: organisation.domains,
    internalDomains: kept.flatMap(({ domains }) => domains),
    contacts: [rules?.contact, senders.customers?.address].filter((one) => one !== undefined),
    organisation: organisation.name,
    products: products.map(({ name }) => name),
    people: [...postmortem.authors, ...postmortem.actionItems.flatMap(({ owner }) => owner ?? []), ...addresses.flatMap(nameInAddress)],
    names: kept.flatMap(({ names }) => names),
    customers: kept.flatMap(({ customers }) => customers),
    teams: [...teams.map(({ name }) => name), ...(postmortem.owningTeam === undefined ? [] : [postmortem.owningTeam])],
    services: [...postmortem.services, ...teams.flatMap(({ services }) => services)],
    severities: Object.values(severities).flatMap((named) => [
      ...(named?.label === undefined ? [] : [named.label]),
      ...(named?.aliases ?? []),
    ]),
    doNotSay: (postmortem.support?.doNotSay ?? []).map(plainText),
  });
}

/** `Ada Park` of `ada.park@example.com`. None where the mailbox is no name of a person. */
function nameInAddress(address: string): string[] {
  const parts = address.slice(0, address.lastIndexOf('@')).replace(/\+.*$/, '').split(/[._-]/);
  return parts.length >= 2 && parts.every((part) => /^\p{L}{2,}$/u.test(part)) ? [parts.join(' ')] : [];
}
