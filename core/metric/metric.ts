/** CloudWatch's words for units. */
type Unit = 'Count' | 'Milliseconds' | 'Seconds' | 'Bytes';
export interface MetricDefinition {
  readonly unit: Unit;
  /** What it is told apart by, besides the stack. */
  readonly by?: 'lane' | 'stream';
}

/**
 * Everything that functions count. CloudWatch bills each name and lane or stream by itself, so
 * there is nothing here that no alarm or picture of the dashboard uses; and nothing is told apart
 * by a person, an address or a postmortem.
 */
export const metrics = {
  MailsAccepted: { unit: 'Count', by: 'lane' },
  MailsRefused: { unit: 'Count', by: 'lane' },
  MailsSkipped: { unit: 'Count', by: 'lane' },
  MailsInDoubt: { unit: 'Count', by: 'lane' },
  /** SES took nothing: to be sent later. */
  MailsPutBack: { unit: 'Count', by: 'lane' },
  /** Calls over the rate of the account, so not told by lane. */
  SendsThrottled: { unit: 'Count' },
  EditionsComposed: { unit: 'Count', by: 'stream' },
  ComposingTime: { unit: 'Milliseconds', by: 'stream' },
  /** Of an edition with every card in its usual form, before a mail is cut to its budget. */
  EditionHtml: { unit: 'Bytes' },
  /** Stored, or found to be the same. */
  PostmortemsTaken: { unit: 'Count' },
  PostmortemsRefused: { unit: 'Count' },
  MailsDelivered: { unit: 'Count' },
  MailsBounced: { unit: 'Count' },
  MailsComplained: { unit: 'Count' },
  PeopleSuppressed: { unit: 'Count' },
  /** About no delivery of ours: kept nowhere. */
  EventsParked: { unit: 'Count' },
  /** How long ago the oldest edition that is being sent was composed; not written without one. */
  OldestOpenEdition: { unit: 'Seconds' },
  MissingEditions: { unit: 'Count' },
  /** Alerts that are due and of which no mail was accepted. */
  AlertsUnsent: { unit: 'Count' },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metrics;
export const definitionOf = (name: MetricName): MetricDefinition => metrics[name];

/** The lane or the stream, for a metric that is told by one. */
export type By<Name extends MetricName> = (typeof metrics)[Name] extends { readonly by: string } ? [by: string] : [];

/** The namespace of all our metrics; `service`, the stack's name, tells stages apart. */
export const metricNamespace = 'Afterword';
