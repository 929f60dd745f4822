/** @jsxImportSource hono/jsx */
import type { SettingsFields } from '../../../../core/preferences/settings-fields.ts';
import { type ZoneChoice, ZoneSelect } from './stream-panel.tsx';

export interface GeneralProps {
  readonly fields: SettingsFields;
  /** The first and the last day on which a pause may end. */
  readonly days: readonly [first: string, last: string];
  /** Present for staff if no stream panel has a choice of hour, so that the zone is chosen here. */
  readonly zones?: ZoneChoice | undefined;
  /**
   * For whom opens are counted. Absent if opens of these mails are not counted; the reader's choice
   * is then kept.
   */
  readonly counted: string | undefined;
  readonly flawed: ReadonlySet<string>;
}

/** The settings for all streams. */
export const GeneralPanel = ({ fields, days: [first, last], zones, counted, flawed }: GeneralProps) => (
  <fieldset class="panel">
    <legend>For all mails</legend>
    <div class="row">
      <input type="hidden" name="general" value="1" />
      <label>
        Pause until
        <input
          type="date"
          name="pausedUntil"
          value={fields.pausedUntil}
          min={first}
          max={last}
          aria-invalid={flawed.has('pausedUntil') ? 'true' : undefined}
        />
      </label>
      <label>
        Format
        <select name="format">
          <option value="html" selected={fields.format === 'html'}>
            HTML and plain text
          </option>
          <option value="text" selected={fields.format === 'text'}>
            Plain text only
          </option>
        </select>
      </label>
      {zones && <ZoneSelect {...zones} />}
    </div>
    {counted ? (
      <label class="check">
        <input type="checkbox" name="tracking" value="on" checked={fields.tracking === 'on'} />
        <span>
          Count when I open a mail <small class="m">{counted}</small>
        </span>
      </label>
    ) : (
      fields.tracking === 'on' && <input type="hidden" name="tracking" value="on" />
    )}
  </fieldset>
);
