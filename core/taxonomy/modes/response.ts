import { mode } from '../as-term.ts';
import type { Term } from '../term.ts';

/** What was seen late, or not at all. */
export const ofResponse: readonly Term[] = [
  mode('not-alerted', 'an alert that was missing', 2, [
    'nobody|no|nobody …2 watched|watching',
    'not watched',
    'no alarm|alert …3 watched|covered',
    'nobody …3 saw|noticed',
    'no|missing|insufficient|inadequate|lack|lacked|lacking …2 alert|alerting|monitoring|alarm|monitors',
    'alert|alarm|monitor|monitoring|page …4 did not|didnt|failed|never …3 fire|fired|firing|trigger|triggered|page|paged|sent|exist|configured|detect|catch|alert|notice|notify|cover|set|place',
    'not|never|wasnt|werent alerted|paged|notified|detected',
    'nobody|noone …2 noticed|paged|alerted',
    'went|gone|remained|undetected|unnoticed …1 undetected|unnoticed',
    'not …2 monitored',
    'unmonitored|undetected|unnoticed',
    'discovered|reported|noticed|alerted|notified …2 by …1 customer|user',
    'delay|delayed|late …2 detection|detecting',
  ]),
  mode('alerts-ignored', 'alerts that nobody heeded', 2, [
    'alert|alarm fatigue',
    'too many|noisy|flood|spam|storm …2 alerts|alarms|pages|notifications',
    'noisy alert|alarm|alerting',
    'ignored|dismissed|missed|overlooked|muted|silenced|unheeded …3 alert|alarm|warning|page|notification',
    'alert|alarm|warning|page|notifications …3 ignored|dismissed|missed|overlooked|muted|silenced|unheeded|unnoticed|filtered',
  ]),
  mode('blind', 'monitoring that failed with what it watched', 3, [
    'dashboard …6 slow|unavailable|same|down',
    'not see …6 dashboards|instruments|metrics',
    'status page …6 sign|login|needed',
    'monitoring|metrics|logging|observability|telemetry|alerting|dashboards …4 also|itself|unavailable|down|impacted|lost|blind|offline',
    'status page|site|dashboard …5 unavailab*|down|not|fail*|unable|depend*|also|offline|hosted|inaccessible',
    'lost|loss|lack …2 visibility|observability|telemetry',
    'lost|loss …2 metrics|monitoring',
    'blind spot',
    'flying blind',
    'unable|couldnt|not …2 update …4 status|dashboard',
  ]),
  mode('runbook-wrong', 'a runbook that was missing or out of date', 2, [
    'runbook|playbook|documentation|procedure …4 outdated|date|missing|incorrect*|stale|wrong|incomplete|lacked|obsolete|unclear|ambiguous|inaccurate',
    'outdated|missing|stale|no|incorrect|incomplete|poor|inaccurate|unclear|lack|lacked|insufficient …2 runbook|documentation|playbook',
    'undocumented|untested …1 procedure|process|step|recovery',
  ]),
];
