/** What readers lose while each of these is broken: the person on call reads it in the alarm. */
export const impacts = {
  bulk: 'Some readers do not get their digest or brief.',
  urgent: 'Some leaders do not get a Sev-1 alert or a confirmation they wait for.',
  customers: 'Some customers do not get an approved notice.',
  compose: 'An edition is not made: none of its readers gets it.',
  events: 'Bounces, complaints and proofs of delivery are not recorded: deliveries in doubt stay in doubt.',
  sweep: 'Nothing unfinished is finished: an edition interrupted by a crash stays interrupted.',
  sweepPart: 'Some unfinished work is not finished: an interrupted edition, a postmortem not passed on, or the sending quota.',
  distribution: 'The distribution file says one thing and the schedules, domains and senders that are deployed say another.',
} as const;
