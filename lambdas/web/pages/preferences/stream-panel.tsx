/** @jsxImportSource hono/jsx */
import { weekdays } from '../../../../core/calendar/schedule.ts';
import { type SeverityLabels, severityLabels } from '../../../../core/distribution/severity-label.ts';
import type { StreamChoices } from '../../../../core/preferences/choices.ts';
import type { ProductChoice } from '../../../../core/preferences/product-choices.ts';
import type { StreamFields } from '../../../../core/preferences/settings-fields.ts';
import { definitionOf, type StreamName } from '../../../../core/stream/stream.ts';
import { DelegateByLink, DelegatePart } from './delegate-part.tsx';
import { ProductsPart } from './products-part.tsx';
import { TopicsPart, type TopicsProps } from './topics-part.tsx';

export interface StreamPanelProps {
  readonly stream: StreamName;
  readonly title: string;
  readonly fields: StreamFields;
  readonly choices: StreamChoices;
  /** When it comes at present: `weekly, on Monday at 09:00, Berlin time`. */
  readonly when: string;
  /** When it comes by default: `Monday` and `09:00 Berlin`. */
  readonly usual: UsualTime;
  readonly why: string;
  /** Why it cannot be switched off, as the rest of a sentence. */
  readonly mandatory?: string | undefined;
  readonly labels: SeverityLabels;
  /** The zones to choose from, if this panel asks for the reader's zone. */
  readonly zones?: ZoneChoice | undefined;
  /** Present if the reader can choose the topics of the mail. */
  readonly topics?: Omit<TopicsProps, 'stream' | 'fields' | 'gravest'> | undefined;
  /** The products of which the reader can choose some. Empty: the stream knows none. */
  readonly products: readonly ProductChoice[];
  /** Whether the holder of the link is signed in. */
  readonly isSignedIn: boolean;
  readonly flawed: ReadonlySet<string>;
}
export interface UsualTime {
  readonly day: string | undefined;
  readonly hour: string | undefined;
}
export interface ZoneChoice {
  readonly zone: string;
  readonly all: readonly string[];
}

const isOff = ({ frequency }: StreamFields) => frequency === 'off';
const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

/** One stream: what it is, when it comes and why, and all its settings. */
export const StreamPanel = (props: StreamPanelProps) => {
  const { stream, title, fields, choices, when, usual, why, mandatory, zones, topics, products, labels, isSignedIn, flawed } = props;
  const { what, choices: names, isPlural } = definitionOf(stream).words;
  const options = choices.frequencies.length > 0 ? ([...choices.frequencies, 'off'] as const) : (['on', 'off'] as const);
  return (
    <fieldset class="panel">
      <legend>{title}</legend>
      <small class="m">
        {what} {mandatory ? `Always on: ${mandatory}.` : isOff(fields) ? '' : `${isPlural ? 'They come' : 'It comes'} ${when}. ${why}`}
      </small>
      {!mandatory && (
        <div class="opts" role="radiogroup" aria-label={`How often: ${title}`}>
          {options.map((option) => (
            <label>
              <input type="radio" name={`${stream}.frequency`} value={option} checked={fields.frequency === option} />
              <span>{names?.[option] ?? (option === 'off' ? 'Off' : 'On')}</span>
            </label>
          ))}
        </div>
      )}
      {choices.hasHour && <HourRow stream={stream} fields={fields} usual={usual} zones={zones} flawed={flawed} />}
      {products.length > 0 && (
        <>
          <input type="hidden" name={`${stream}.topics`} value="1" />
          <ProductsPart name={`${stream}.follow`} choices={products} chosen={fields.follow} />
        </>
      )}
      {topics && <TopicsPart {...topics} stream={stream} fields={fields} gravest={labels.sev1} />}
      {topics && <LeastSelect stream={stream} fields={fields} labels={labels} />}
      {mandatory &&
        (isSignedIn ? (
          <DelegatePart stream={stream} fields={fields} flawed={flawed} />
        ) : (
          <DelegateByLink stream={stream} fields={fields} />
        ))}
    </fieldset>
  );
};

type RowProps = Pick<StreamPanelProps, 'stream' | 'fields' | 'usual' | 'zones' | 'flawed'>;

const asSent = (when: string | undefined) => (when === undefined ? 'As sent' : `As sent (${when})`);

const HourRow = ({ stream, fields, usual, zones, flawed }: RowProps) => (
  <div class="row">
    <label>
      Day
      <select name={`${stream}.weekday`} aria-invalid={flawed.has(`${stream}.weekday`) ? 'true' : undefined}>
        <option value="">{asSent(usual.day)}</option>
        {weekdays.map((day, n) => (
          <option value={String(n + 1)} selected={fields.weekday === String(n + 1)}>
            {capital(day)}
          </option>
        ))}
      </select>
    </label>
    <label>
      Hour
      <select name={`${stream}.hour`} aria-invalid={flawed.has(`${stream}.hour`) ? 'true' : undefined}>
        <option value="">{asSent(usual.hour)}</option>
        {Array.from({ length: 24 }, (_, hour) => (
          <option value={String(hour)} selected={fields.hour === String(hour)}>{`${String(hour).padStart(2, '0')}:00`}</option>
        ))}
      </select>
    </label>
    {zones && <ZoneSelect {...zones} />}
  </div>
);

export const ZoneSelect = ({ zone, all }: ZoneChoice) => (
  <label>
    Time zone
    <select name="zone">
      {(all.includes(zone) ? all : [zone, ...all]).map((one) => (
        <option value={one} selected={one === zone}>
          {one.replaceAll('_', ' ')}
        </option>
      ))}
    </select>
  </label>
);

const LeastSelect = ({ stream, fields, labels }: { stream: StreamName; fields: StreamFields; labels: SeverityLabels }) => (
  <label class="field">
    Lowest severity
    <select name={`${stream}.least`}>
      <option value="">All severities</option>
      {(['sev3', 'sev2', 'sev1'] as const).map((severity) => (
        <option value={severity} selected={fields.least === severity}>
          {severity === 'sev1' ? labels[severity] : `${labels[severity] ?? severityLabels[severity]} and above`}
        </option>
      ))}
    </select>
  </label>
);
