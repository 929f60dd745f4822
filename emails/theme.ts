/**
 * Colours and type of the content inside the frame, for light backgrounds. frame.mjml sets the dark
 * ones by class name. Mail programs without `<style>` show these.
 */
import type { CSSProperties } from 'react';
import type { Shade } from '../core/content/chart-content.ts';
import type { Severity } from '../core/postmortem/postmortem.ts';

const family = '-apple-system,BlinkMacSystemFont,Segoe UI,Roboto,Helvetica,Arial,sans-serif';
export const font = (weight: 400 | 600 | 700, size: number, lineHeight: number): string => `${weight} ${size}px/${lineHeight}px ${family}`;

export const colours = {
  page: '#f4f3ef',
  panel: '#ffffff',
  text: '#1d1f23',
  muted: '#5c6270',
  rule: '#e6e4dd',
  link: '#1849a9',
  onLink: '#ffffff',
  late: '#b42318',
  kept: '#3b7a3b',
} as const;

export const severityColours: Readonly<Record<Severity, { ink: string; ground: string }>> = {
  sev1: { ink: '#b42318', ground: '#fef3f2' },
  sev2: { ink: '#b54708', ground: '#fffaeb' },
  sev3: { ink: '#175cd3', ground: '#eff8ff' },
  sev4: { ink: '#475467', ground: '#f2f4f7' },
  unclassified: { ink: '#475467', ground: '#f2f4f7' },
};

/** Colours of the chart's bars: at least 3 to 1 against the panel. */
export const shadeColours: Readonly<Record<Shade, string>> = { sev1: '#c4321f', sev2: '#cf7f12', rest: '#7391d1' };

export const text = {
  headline: { margin: 0, font: font(700, 26, 33), color: colours.text },
  cardTitle: { margin: '8px 0 0', font: font(700, 20, 26), color: colours.text },
  sectionTitle: { margin: 0, font: font(700, 18, 24), color: colours.text },
  body: { margin: '2px 0 0', font: font(400, 16, 24), color: colours.text },
  label: { margin: '14px 0 0', font: font(600, 13, 18), color: colours.muted },
  meta: { margin: '4px 0 0', font: font(400, 14, 20), color: colours.muted },
  small: { font: font(400, 13, 18), color: colours.muted },
  /** A link within text. It is underlined, so that colour is not its only mark. */
  link: { color: colours.link, textDecoration: 'underline', whiteSpace: 'nowrap' },
  action: { font: font(600, 15, 22), color: colours.link, textDecoration: 'none' },
  button: {
    background: colours.link,
    color: colours.onLink,
    borderRadius: 6,
    padding: '10px 18px',
    font: font(600, 15, 20),
    textDecoration: 'none',
  },
} satisfies Record<string, CSSProperties>;
