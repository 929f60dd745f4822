/** CloudWatch's names for units. */
type Unit = 'Count' | 'Milliseconds' | 'Seconds' | 'Bytes';
export interface MetricDefinition {
  readonly unit: Unit;
  /** The dimension besides the stack. */
  readonly by?: 'lane' | 'stream';
}

/**
 * All metrics that functions write. CloudWatch bills each combination of name and dimension, so
 * every metric here is used by an alarm or the dashboard. No dimension is a person, an address or a
 * postmortem.
 */
export const metrics = {
  MailsAccepted: { unit: 'Count', by: 'lane' },
  MailsRefused: { unit: 'Count', by: 'lane' },
  MailsSkipped: { unit: 'Count', by: 'lane' },
  MailsInDoubt: { unit: 'Count', by: 'lane' },
  /** SES did not accept the mail. It is sent later. */
  MailsPutBack: { unit: 'Count', by: 'lane' },
  /** Calls above the sending rate. The rate is the account's, so there is no lane. */
  SendsThrottled: { unit: 'Count' },
  EditionsComposed: { unit: 'Count', by: 'stream' },
  ComposingTime: { unit: 'Milliseconds', by: 'stream' },
  /**
   * The HTML of an edition with every card in its usual form, before a mail is cut to the size
   * limit.
   */
  EditionHtml: { unit: 'Bytes' },
  /** Stored, or found to be unchanged. */
  PostmortemsTaken: { unit: 'Count' },
  PostmortemsRefused: { unit: 'Count' },
  MailsDelivered: { unit: 'Count' },
  MailsBounced: { unit: 'Count' },
  MailsComplained: { unit: 'Count' },
  PeopleSuppressed: { unit: 'Count' },
  /** Events about no delivery of Afterword. They are not stored. */
  EventsParked: { unit: 'Count' },
  /** How long ago the oldest edition under way was composed. Not written if there is none. */
  OldestOpenEdition: { unit: 'Seconds' },
  MissingEditions: { unit: 'Count' },
  /** Alerts that are due but have no accepted mail. */
  AlertsUnsent: { unit: 'Count' },
  /** Updates of incidents that are due and not made. */
  UpdatesLate: { unit: 'Count' },
  /** Notices that nobody approves for a day, or of which something is due and not done. */
  NoticesWait: { unit: 'Count' },
  /** A working day passed on which nobody was reminded. */
  RemindersLate: { unit: 'Count' },
} as const satisfies Record<string, MetricDefinition>;

export type MetricName = keyof typeof metrics;
export const definitionOf = (name: MetricName): MetricDefinition => metrics[name];

/** The lane or the stream, for a metric that has this dimension. */
export type By<Name extends MetricName> = (typeof metrics)[Name] extends { readonly by: string } ? [by: string] : [];

/** The namespace of all metrics. The dimension `service`, the stack's name, separates stages. */
export const metricNamespace = 'Afterword';
