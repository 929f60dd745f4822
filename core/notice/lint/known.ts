/** The parts of a context, in words. */
export interface Known {
  readonly domains?: readonly string[];
  readonly internalDomains?: readonly string[];
  readonly contacts?: readonly string[];
  readonly organisation?: string;
  readonly products?: readonly string[];
  readonly people?: readonly string[];
  readonly names?: readonly string[];
  readonly customers?: readonly string[];
  readonly teams?: readonly string[];
  readonly services?: readonly string[];
  readonly severities?: readonly string[];
  readonly doNotSay?: readonly string[];
}
