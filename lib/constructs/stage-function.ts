import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, RecursiveLoop, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';

/**
 * The memory in MB that comes with one whole processor (Lambda guide, configuration-memory). 512 MB
 * come with less than a third.
 */
export const aProcessorMb = 1769;

export interface StageFunctionProps {
  /** The function is called `<stack>-<name>`. */
  readonly name: string;
  readonly description: string;
  /** The folder with `handler.mjs`. */
  readonly bundle: string;
  readonly timeoutSeconds: number;
  /** @default 512 */
  readonly memoryMb?: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Everything the function may do in addition to writing its own log. */
  readonly may: readonly PolicyStatement[];
  /**
   * Leaders wait for it, so a container of it is kept ready where the stage does that: see
   * `functionsToKeepReady`. Its handler is wrapped in `keptReady`. @default false
   */
  readonly isKeptReady?: boolean;
  /**
   * Why it may send messages to its own queue. Lambda mistakes that for a loop and stops it after
   * about sixteen invocations in a chain. @default it may not
   */
  readonly mayRecurse?: string | undefined;
}

/** One function with its own role, which holds only what is listed here, and a log that expires. */
export class StageFunction extends Construct {
  readonly fn: LambdaFunction;
  readonly log: LogGroup;
  readonly name: string;
  readonly isKeptReady: boolean;

  constructor(scope: Construct, id: string, props: StageFunctionProps) {
    super(scope, id);
    this.name = props.name;
    this.isKeptReady = props.isKeptReady ?? false;
    const functionName = `${Stack.of(this).stackName}-${props.name}`;
    this.log = new LogGroup(this, 'Log', {
      logGroupName: `/aws/lambda/${functionName}`,
      retention: RetentionDays.THREE_MONTHS,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.log.grantWrite(role);
    for (const statement of props.may) role.addToPolicy(statement);
    this.fn = new LambdaFunction(this, 'Function', {
      functionName,
      description: props.description,
      code: Code.fromAsset(props.bundle),
      handler: 'handler.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memoryMb ?? 512,
      ...(props.mayRecurse !== undefined && { recursiveLoop: RecursiveLoop.ALLOW }),
      timeout: Duration.seconds(props.timeoutSeconds),
      // The name in logs and metrics. It tells stages apart.
      environment: { ...props.environment, POWERTOOLS_SERVICE_NAME: Stack.of(this).stackName },
      role,
      logGroup: this.log,
    });
  }
}

/** Of a stack. To be called when all of its functions are made. */
export const functionsToKeepReady = (stack: Stack): StageFunction[] =>
  stack.node.findAll().filter((part): part is StageFunction => part instanceof StageFunction && part.isKeptReady);
