/** A quarter of incidents, made from a number: what happens each week, by whom, and who forgets. */

export interface Incident {
  readonly at: string;
  readonly id: string;
  readonly document: Readonly<Record<string, unknown>>;
}

const teams = ['Storefront', 'Payments', 'Identity', 'Search', 'Platform', 'Network', 'Data', 'Storage'];
const services = ['cart', 'ledger', 'sessions', 'catalogue', 'builds', 'edge', 'warehouse', 'backups'];
const things = ['The cart', 'A ledger', 'Sessions', 'The catalogue', 'Builds', 'The edge', 'The warehouse', 'A backup'];
const ends = ['stopped for an hour', 'was slow all morning', 'lost a day of work', 'answered with errors', 'ran twice'];
const deeds = ['Alert on', 'Write down how to restore', 'Limit', 'Practise the loss of', 'Test'];
/** As documents name them: people, a team, people who left, several, and nobody. */
const owners = [
  'Amara Okafor',
  'Payments',
  'Søren Kjær',
  'Grace Whitfield',
  'Mateo Fuentes',
  'the platform folks',
  'Beatriz Costa',
  'Omar Farouk',
  undefined,
  'Lucas Moreau',
  'Jo and Ann',
  'Felix Hartmann',
];
const severities = ['sev3', 'sev2', 'sev4', 'sev1', 'sev3', 'sev2', 'sev3'];
const dayMs = 86_400_000;
const plain = (ms: number) => new Date(ms).toISOString().slice(0, 10);

/** Three a week, on Mondays, Wednesdays and Fridays at noon. Every fifth begins as a draft the day before. */
export function quarter(monday: string, weeks: number): Incident[] {
  const all: Incident[] = [];
  for (let n = 0; n < weeks * 3; n += 1) {
    const day = Date.parse(`${monday}T11:00:00Z`) + Math.floor(n / 3) * 7 * dayMs + (n % 3) * 2 * dayMs;
    const team = n % teams.length;
    const severity = severities[n % severities.length];
    const id = `story-${String(n + 1).padStart(2, '0')}`;
    const startedAt = new Date(day - dayMs).toISOString().replace('.000', '');
    const title = `${things[team]} ${ends[n % ends.length]} (${n + 1})`;
    const isFelt = n % 3 !== 2;
    const document = {
      title,
      severity,
      services: [services[team]],
      owningTeam: teams[team],
      publishedAt: new Date(day).toISOString().replace('.000', ''),
      startedAt,
      mitigatedAt: new Date(day - dayMs + 3_600_000).toISOString().replace('.000', ''),
      summary: `${title}, and nobody was watching.`,
      rootCauses: ['A limit was reached that nobody knew.'],
      customerImpact: isFelt
        ? { text: 'Customers waited.', customersAffected: 100 + n, externallyVisible: true }
        : { externallyVisible: false },
      actionItems: [0, 1].map((k) => ({
        title: `${deeds[(n + k) % deeds.length]} what went unwatched, ${n + 1} ${k === 0 ? 'first' : 'second'}`,
        ...(owners[(n + k * 5) % owners.length] && { owner: owners[(n + k * 5) % owners.length] }),
        ...(n % 7 !== 6 && { due: plain(day + (10 + 7 * k) * dayMs) }),
        ...(k === 0 && { cost: 'a week', consequence: 'It happens again.' }),
      })),
    };
    if (n % 5 === 4)
      all.push({ at: new Date(day - dayMs).toISOString(), id, document: { title, severity, owningTeam: teams[team], status: 'draft' } });
    all.push({ at: new Date(day).toISOString(), id, document });
    if (n % 6 === 5)
      all.push({ at: new Date(day + 2 * 3_600_000).toISOString(), id, document: { ...document, summary: `${title}. It was corrected.` } });
  }
  return all;
}
