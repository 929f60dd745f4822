import type { Finding } from './finding.ts';

/** Accounts and resources of clouds. Numbers of the documentation are nobody's. */
export function findAccounts(text: string): Finding[] {
  const resources = [...text.matchAll(/(?<![\p{L}\p{N}])arn:[a-z-]{3,20}:[^\s"'`<>)\]]{3,1000}/giu)].flatMap(({ 0: found }): Finding[] =>
    isOfDocumentation(found.slice(0, 300)) || /^[^:]*$|^arn:[^:]*:[^:]*:[^:]*:$/.test(found)
      ? []
      : [{ rule: 'account', level: 'refuse', found: found.replace(/[.,;:]{1,9}$/, '') }],
  );
  const numbers = [...text.matchAll(/(?<![\p{L}\p{N}.,-])(?:\d{12}|\d{4}-\d{4}-\d{4})(?![\p{L}\p{N}-]|[.,]\d)/gu)].flatMap(
    ({ 0: found, index }): Finding[] => {
      const around = text.slice(Math.max(0, index - 60), index + found.length + 30).toLowerCase();
      if (ofDocumentation.test(found.replaceAll('-', '')) || !/account|konto|aws|amazon|subscription|tenant|compte|cuenta/.test(around))
        return [];
      return [
        {
          rule: 'account',
          level:
            !ofPayments.test(around) &&
            /aws|amazon|cloud|(?:our|unser\p{L}{0,2}|production|internal) (?:\p{L}{1,20} )?(?:account|konto)/u.test(around)
              ? 'refuse'
              : 'look',
          found,
        },
      ];
    },
  );
  const tenants = [
    ...text.matchAll(/(?<![\p{L}\p{N}])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![\p{L}\p{N}])/giu),
  ].flatMap(({ 0: found, index }): Finding[] => {
    const before = text.slice(Math.max(0, index - 60), index).toLowerCase();
    return /subscription|tenant|account|organi[sz]ation|directory/.test(before) ? [{ rule: 'account', level: 'look', found }] : [];
  });
  return [...resources, ...numbers, ...tenants];
}

/** Numbers of accounts in the documentation of AWS. */
const ofDocumentation = /^(?:123456789012|111122223333|444455556666|777788889999|(\d)\1{11})$/;
/** A policy of AWS, a number of its documentation, or a name that stands for the reader's own. */
const isOfDocumentation = (arn: string): boolean => {
  const [, , , , account = '', ...resource] = arn.split(':');
  const name = resource.join(':');
  return (
    (/^(?:aws)?$/.test(account) && /^policy\//.test(name)) ||
    name.includes('1234567890') ||
    ofDocumentation.test(account) ||
    /^[{$*]|^(?:your|my|account)[\w-]*$/i.test(account) ||
    (account === '' && /^(?:\W{0,2}(?:your|my|example)\b|\*|\$?\{)/i.test(name))
  );
};
/** What bears numbers as long as that, and is the reader's own. */
const ofPayments =
  /(?:orders?|invoices?|payments?|transactions?|transfers?|references?|receipts?|tickets?|bestellung|rechnung|zahlung|überweisung|buchung|vorgang)\P{L}/u;

export const findTelephones = (text: string): Finding[] =>
  [...text.matchAll(/(?<![\p{L}\p{N}.+-])(?:\+|00)[1-9]\d{0,2}[ .()/-]{0,3}\d[\d .()/-]{5,20}\d(?![\p{L}\p{N}])/gu)].flatMap(
    ({ 0: found }): Finding[] => (found.replace(/\D/g, '').length >= 8 ? [{ rule: 'telephone', level: 'look', found }] : []),
  );
