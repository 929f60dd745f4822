import { Fragment } from 'react';
import type { Labelled } from '../../core/content/card-content.ts';
import { text } from '../theme.ts';

/** What happened, why, and what we learnt, with a small label above each text. */
export const LabelledTexts = ({ parts, level: Level }: { parts: readonly Labelled[]; level: 'h2' | 'h3' }) =>
  parts.map(({ label, text: said }) => (
    <Fragment key={label}>
      <Level className="m" style={text.label}>
        {label}
      </Level>
      <p dir="auto" className="t" style={text.body}>
        {said}
      </p>
    </Fragment>
  ));
