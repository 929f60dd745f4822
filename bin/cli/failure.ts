import { AfterwordError } from '../../core/shared/errors.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

/**
 * Ends a command. `message` is written for people and says what to do; it is never a stack trace.
 */
export abstract class Failure extends AfterwordError {
  abstract readonly exitCode: ExitCode;
}

/** The command was used wrongly. Nothing was sent. */
export class UsedWrongly extends Failure {
  override readonly name = 'UsedWrongly';
  override readonly exitCode = exitCodes.usage;
}

/** No answer, or none that we understand. The effect of a request other than GET is unknown. */
export class ApiFailed extends Failure {
  override readonly name = 'ApiFailed';
  override readonly exitCode = exitCodes.api;
}

/** There is no key, or this key is not allowed to do what was asked. */
export class KeyRefused extends Failure {
  override readonly name = 'KeyRefused';
  override readonly exitCode = exitCodes.key;
}

/** One flaw, printed as `file:line:column: field: problem — remedy`. */
export interface Complaint {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
  readonly field: string;
  readonly problem: string;
  readonly remedy: string;
}

/** The API read the request and refused it. */
export class RefusedByApi extends Failure {
  override readonly name = 'RefusedByApi';
  override readonly exitCode = exitCodes.refused;
  readonly status: number;
  readonly complaints: readonly Complaint[];
  constructor(message: string, status: number, complaints: readonly Complaint[]) {
    super(message);
    this.status = status;
    this.complaints = complaints;
  }
}
