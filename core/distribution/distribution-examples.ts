/**
 * An example of each field of the distribution file written correctly. List positions and free
 * names are `*`.
 */
const examples: Readonly<Record<string, string>> = {
  '': 'organisation:, senders:, streams: and so on, as in samples/distribution.yaml',
  organisation: 'organisation: { name: Example Ltd, zone: Europe/Berlin, domains: [example.com] }',
  'organisation.name': 'name: Example Ltd',
  'organisation.zone': 'zone: Europe/Berlin',
  'organisation.domains': 'domains: [example.com]',
  'organisation.domains.*': 'domains: [example.com]',
  senders: 'senders: { internal: { name: Afterword, address: afterword@example.com } }',
  'senders.*': 'internal: { name: Afterword, address: afterword@example.com }',
  'senders.*.name': 'name: Afterword',
  'senders.*.address': 'address: afterword@example.com',
  sending: 'sending: { urgentReserve: 200 }',
  'sending.urgentReserve': 'urgentReserve: 200',
  severities: 'severities: { sev1: { aliases: [critical] } }',
  'severities.*': 'sev1: { label: Sev-1, aliases: [critical] }',
  'severities.*.label': 'label: Sev-1',
  'severities.*.aliases': 'aliases: [critical, p1]',
  'severities.*.aliases.*': 'aliases: [critical, p1]',
  headings: 'headings: { rootCauses: [Hergang] }',
  'headings.*': 'rootCauses: [Hergang]',
  'headings.*.*': 'rootCauses: [Hergang]',
  corrections: 'corrections: { tell: [severity, impact, cause, support], withinDays: 30 }',
  'corrections.tell': 'tell: [severity, impact, cause, support]',
  'corrections.tell.*': 'tell: [severity, impact, cause, support], and times',
  'corrections.withinDays': 'withinDays: 30',
  streams: 'streams: { engineering-digest: { schedule: { every: week, on: monday, at: "09:00" } } }',
  'streams.engineering-digest': 'engineering-digest: { schedule: { every: week, on: monday, at: "09:00" } }',
  'streams.sev1-alerts': 'sev1-alerts: { severities: [sev1], subscribe: [leader] }',
  'streams.leadership-brief': 'leadership-brief: { schedule: { every: month, on: 1, at: "08:00" }, subscribe: [leader] }',
  'streams.customer-impact':
    'customer-impact: { severities: [sev1, sev2, sev3], schedule: { every: week, on: friday, at: "14:00" }, subscribe: [support, sales], contact: "#incident-desk" }',
  'streams.customer-impact.frequencies': 'frequencies: [published, weekly]',
  'streams.customer-impact.frequencies.*': 'frequencies: [published, weekly]',
  'streams.customer-impact.contact': 'contact: "#incident-desk"',
  'streams.customer-notices': 'customer-notices: { signUp: open }',
  'streams.customer-notices.signUp': 'signUp: none, or open',
  'streams.*.schedule': 'schedule: { every: week, on: monday, at: "09:00" }',
  'streams.*.schedule.every': 'every: week, or every: month',
  'streams.*.schedule.on': 'on: monday, or a day of the month from 1 to 28 with every: month',
  'streams.*.schedule.at': 'at: "09:00"',
  'streams.*.schedule.zone': 'zone: Europe/Berlin',
  'streams.*.quietWeek': 'quietWeek: notice',
  'streams.*.severities': 'severities: [sev1]',
  'streams.*.severities.*': 'severities: [sev1]',
  'streams.*.withinDays': 'withinDays: 14',
  'streams.*.updates': 'updates: true',
  'streams.*.tracking': 'tracking: opens, or none',
  'streams.*.signUp': 'signUp: none, organisation or approval',
  'streams.*.owner': 'owner: ada@example.com',
  'streams.*.frequencies': 'frequencies: [published, weekly, monthly]',
  'streams.*.frequencies.*': 'frequencies: [published, weekly, monthly]',
  'streams.*.subscribe': 'subscribe: [engineer]',
  'streams.*.subscribe.*': 'subscribe: [engineer]',
  products: 'products: [{ name: Checkout, services: [cart, checkout, payments] }]',
  'products.*': '- { name: Checkout, services: [cart, checkout, payments] }',
  'products.*.name': 'name: Checkout',
  'products.*.services': 'services: [cart, checkout, payments]',
  'products.*.services.*': 'services: [cart, checkout, payments]',
  teams: 'teams: [{ name: Payments, services: [checkout] }]',
  'teams.*': '- { name: Payments, services: [checkout] }',
  'teams.*.name': 'name: Payments',
  'teams.*.services': 'services: [checkout]',
  'teams.*.services.*': 'services: [checkout]',
  'teams.*.leads': 'leads: [ada@example.com]',
  'teams.*.leads.*': 'leads: [ada@example.com]',
  'teams.*.deputies': 'deputies: [grace@example.com]',
  'teams.*.deputies.*': 'deputies: [grace@example.com]',
  'teams.*.channels': 'channels: { slack: "#payments" }',
  'teams.*.channels.slack': 'slack: "#payments"',
};

/** A sentence that shows the field written correctly. */
export function exampleOf(path: readonly PropertyKey[]): string {
  const steps = path.map(String);
  const matching = Object.entries(examples).find(([pattern]) => matches(pattern === '' ? [] : pattern.split('.'), steps));
  return matching ? `Write for example ${matching[1]}` : 'See samples/distribution.yaml for a file that is right.';
}

const matches = (pattern: readonly string[], path: readonly string[]) =>
  pattern.length === path.length && pattern.every((step, i) => step === '*' || step === path[i]);
