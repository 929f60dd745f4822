import { Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { Schedule } from '../../core/calendar/schedule.ts';
import type { Alarms } from './alarms.ts';
import { DeadLetters } from './watched-queue.ts';

/**
 * EventBridge Scheduler replaces this by the instant for which it was due. An edition's id comes
 * from that instant, never from the clock.
 */
const scheduledFor = '<aws.scheduler.scheduled-time>';

export interface SchedulesProps {
  readonly alarms: Alarms;
}

/**
 * Everything that runs by the clock: one schedule per stream into the compose queue, `sweep` every
 * minute, the check for drift every week, reminders and held incidents every day, and what keeps
 * functions ready.
 */
export class Schedules extends Construct {
  private readonly role: Role;
  private readonly deadLetters: IQueue;

  constructor(scope: Construct, id: string, { alarms }: SchedulesProps) {
    super(scope, id);
    this.deadLetters = new DeadLetters(this, 'DeadLetters', {
      name: 'schedules',
      impact: 'A scheduled edition was not composed: its readers get no mail for that period.',
      alarms,
    }).queue;
    Validations.of(this).acknowledge({
      id: 'AwsSolutions::AwsSolutions-SQS3',
      reason: 'This queue is itself where the scheduler leaves what it could not deliver; the check knows only dead letters of queues.',
    });
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    this.allow('sqs:SendMessage', this.deadLetters.queueArn);
  }

  /**
   * Composes this stream whenever its schedule is due, in its zone, across changes of the clock.
   */
  stream(stream: string, schedule: Schedule & { readonly zone: string }, composeQueue: IQueue): void {
    this.allow('sqs:SendMessage', composeQueue.queueArn);
    this.add(stream, {
      scheduleExpression: cronOf(schedule),
      scheduleExpressionTimezone: schedule.zone,
      target: this.target(composeQueue.queueArn, JSON.stringify({ stream, scheduledFor }), { attempts: 185, seconds: 86_400 }),
    });
  }

  /**
   * Runs the function every minute. A failed run is not repeated, because the next minute is near.
   */
  everyMinute(name: string, fn: IFunction): void {
    this.allow('lambda:InvokeFunction', fn.functionArn);
    this.add(name, {
      scheduleExpression: 'rate(1 minute)',
      target: this.target(fn.functionArn, JSON.stringify({ scheduledFor }), { attempts: 0, seconds: 60 }),
    });
  }

  /**
   * Calls the function every five minutes, which is more often than Lambda takes a container away.
   * A call that is lost does no harm, so nothing keeps it.
   */
  keepReady(name: string, fn: IFunction): void {
    this.allow('lambda:InvokeFunction', fn.functionArn);
    const { deadLetterConfig: _, ...target } = this.target(fn.functionArn, JSON.stringify({ keepReady: true }), {
      attempts: 0,
      seconds: 60,
    });
    this.add(`ready-${name}`, { scheduleExpression: 'rate(5 minutes)', target });
  }

  /**
   * Puts a message into the queue every hour. One that is lost is no loss, because the next one
   * asks for the same.
   */
  everyHour(name: string, queue: IQueue, message: Readonly<Record<string, string>>): void {
    this.allow('sqs:SendMessage', queue.queueArn);
    this.add(name, {
      scheduleExpression: 'rate(1 hour)',
      target: this.target(queue.queueArn, JSON.stringify(message), { attempts: 20, seconds: 3600 }),
    });
  }

  /**
   * Runs the function on Monday mornings, before people begin. It is repeated for an hour if Lambda
   * does not take it.
   */
  everyWeek(name: string, fn: IFunction, zone: string): void {
    this.allow('lambda:InvokeFunction', fn.functionArn);
    this.add(name, {
      scheduleExpression: cronOf({ every: 'week', on: 'monday', at: '07:30' }),
      scheduleExpressionTimezone: zone,
      target: this.target(fn.functionArn, JSON.stringify({ scheduledFor }), { attempts: 20, seconds: 3600 }),
    });
  }

  /**
   * Runs the function at a time of day, in its zone. `said`: what it is told beside that. It is
   * repeated for an hour if Lambda does not take it.
   */
  everyDay(
    name: string,
    fn: IFunction,
    { at, zone, said = {} }: { readonly at: string; readonly zone: string; readonly said?: Readonly<Record<string, string>> },
  ): void {
    const [hour, minute] = at.split(':').map(Number);
    this.allow('lambda:InvokeFunction', fn.functionArn);
    this.add(name, {
      scheduleExpression: `cron(${minute} ${hour} * * ? *)`,
      scheduleExpressionTimezone: zone,
      target: this.target(fn.functionArn, JSON.stringify({ scheduledFor, ...said }), { attempts: 20, seconds: 3600 }),
    });
  }

  private add(name: string, props: Pick<CfnScheduleProps, 'scheduleExpression' | 'scheduleExpressionTimezone' | 'target'>): void {
    // Names of schedules are unique in the account. The stack's name keeps two apps apart.
    const named = { name: `${name}-${Stack.of(this).stackName}`, flexibleTimeWindow: { mode: 'OFF' }, ...props };
    new CfnSchedule(this, name, named).node.addDependency(this.role);
  }

  private allow(action: string, arn: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [action], resources: [arn] }));
  }

  private target(arn: string, input: string, retry: { readonly attempts: number; readonly seconds: number }): CfnSchedule.TargetProperty {
    return {
      arn,
      input,
      roleArn: this.role.roleArn,
      retryPolicy: { maximumRetryAttempts: retry.attempts, maximumEventAgeInSeconds: retry.seconds },
      deadLetterConfig: { arn: this.deadLetters.queueArn },
    };
  }
}

type CfnScheduleProps = ConstructorParameters<typeof CfnSchedule>[2];

/**
 * The six fields of EventBridge: minute, hour, day, month, weekday, year. Weekdays are written by
 * name, because their numbers differ between systems.
 */
export function cronOf(schedule: Schedule): string {
  const [hour, minute] = schedule.at.split(':').map(Number);
  const day = schedule.every === 'week' ? `? * ${schedule.on.slice(0, 3).toUpperCase()}` : `${schedule.on} * ?`;
  return `cron(${minute} ${hour} ${day} *)`;
}
