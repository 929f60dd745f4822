/** What readers lose while each of these is broken. The person on call reads it in the alarm. */
export const impacts = {
  bulk: 'Some readers do not get their digest or brief.',
  prompt: 'Some people in support or sales are not told of an incident that customers felt.',
  urgent: 'Some leaders do not get an alert or a confirmation they wait for.',
  customers: 'Some customers do not get an approved notice, or a confirmation they wait for.',
  compose: 'An edition is not made: none of its readers gets it.',
  events: 'Bounces, complaints and proofs of delivery are not recorded: deliveries in doubt stay in doubt.',
  sweep: 'Unfinished work stays unfinished, such as an edition that a crash interrupted.',
  sweepPart: 'Some unfinished work stays unfinished: an interrupted edition, a postmortem that was not passed on, or the sending quota.',
  missing: 'An edition was due and does not exist: none of its readers gets it.',
  unsent: 'Leaders have not heard of a serious incident.',
  noticeWaits: 'Customers do not read what was written for them, or still read what was withdrawn.',
  lateUpdate: 'People who were told of an incident do not hear what has changed since.',
  unfinished: 'Some readers have waited for hours for an edition that others have.',
  throttled: 'Mail leaves more slowly than it could: SES refuses calls because of their rate.',
  bounces: 'SES may pause the account, and then nobody gets any mail: too many addresses do not exist.',
  complaints: 'SES may pause the account, and then nobody gets any mail: too many readers report it as unwanted.',
  http: 'Postmortems are not taken in, or operators and readers get an error.',
  refused: 'Readers, producers or operators are turned away: one route gets more requests than its limit.',
  functions: 'Mail is late and producers may get an error: Lambda starts fewer functions than are needed.',
  slack: 'Some postmortems are not posted in Slack, or posts there do not follow a revision.',
  slackStopped: 'Nothing is posted in Slack, and posts there do not follow: Slack takes nothing of Afterword.',
  notWithdrawn: 'Slack still shows the text of a postmortem that may not be shown any more.',
  unconfirmed: 'Nobody knows whether a postmortem stands in a channel of Slack, and it is not posted again by itself.',
  drift: 'Operators are not told what differs from the distribution file, such as a channel that is gone or a lead who left.',
  reminders:
    'People are not asked for what they promised, nor leaders for reviews: a run failed, or stopped because it would mail most people.',
  lateReminders: 'People were not asked for what they promised, nor leaders for reviews, on a working day.',
  notApproved: 'Customers get nothing of a mail, because nobody approved it, or it is not what they approved.',
  distribution: 'The distribution file says one thing and the schedules, domains and senders that are deployed say another.',
} as const;

/** What readers lose while a queue is not drained. */
export const lateness = {
  bulk: 'Some readers get their digest or brief hours late.',
  prompt: 'Some people in support or sales are told many minutes late of an incident that customers felt.',
  urgent: 'Some leaders get an alert or a confirmation minutes late.',
  customers: 'Some customers get an approved notice, or a confirmation they wait for, late.',
  compose: 'An edition is made late: all of its readers wait.',
  events: 'Bounces, complaints and proofs of delivery are recorded late: deliveries in doubt stay in doubt for longer.',
  slack: 'Postmortems are posted in Slack late, and posts there follow late.',
} as const;
