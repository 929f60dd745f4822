import type { CSSProperties } from 'react';
import type { CardContent } from '../../core/content/card-content.ts';
import { font, severityColours } from '../theme.ts';

/** A word with a ground of its own. */
export const pillShape = {
  display: 'inline-block',
  font: font(600, 12, 18),
  padding: '1px 8px',
  borderRadius: 9,
  whiteSpace: 'nowrap',
} satisfies CSSProperties;

interface PillsProps extends Pick<CardContent, 'severity' | 'severityLabel' | 'preliminary'> {
  /** It was preliminary in an earlier mail. */
  readonly isFinal?: boolean;
}

/**
 * The severity, and whether the postmortem may still change. It sets its own font, because the
 * frame's cells set none and a space would have no width there.
 */
export const Pills = ({ severity, severityLabel, preliminary, isFinal = false }: PillsProps) => (
  <p style={{ margin: 0, font: pillShape.font }}>
    <span className={severity} style={{ ...pillShape, background: severityColours[severity].ground, color: severityColours[severity].ink }}>
      {severityLabel}
    </span>
    {(preliminary || isFinal) && (
      <>
        {' '}
        <span className="preliminary" style={{ ...pillShape, background: severityColours.sev4.ground, color: severityColours.sev4.ink }}>
          {isFinal ? 'Now final' : 'Preliminary'}
        </span>
      </>
    )}
  </p>
);
