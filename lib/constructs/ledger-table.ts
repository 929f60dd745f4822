import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { expiryAttribute, openIndex, tableKeys } from '../../adapters/dynamodb/table-shape.ts';

/**
 * What one function does in some partitions: patterns of partition keys, and the item actions on
 * them.
 */
export interface TableAccess {
  readonly actions: readonly ('GetItem' | 'BatchGetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'Query')[];
  readonly partitions: readonly string[];
}

export interface LedgerTableProps {
  readonly keepData: boolean;
  /** The name of an existing table that is used as it is. */
  readonly restored?: string | undefined;
}

/** The one table with its one index. If the stage keeps its data, the table outlives the stack. */
export class LedgerTable extends Construct {
  readonly name: string;
  private readonly arn: string;

  constructor(scope: Construct, id: string, { keepData, restored }: LedgerTableProps) {
    super(scope, id);
    const { tableName, tableArn } = restored === undefined ? this.make(keepData) : Table.fromTableName(this, 'Restored', restored);
    this.name = tableName;
    this.arn = tableArn;
  }

  private make(keepData: boolean): Table {
    const table = new Table(this, 'Table', {
      partitionKey: { name: tableKeys.partition, type: AttributeType.STRING },
      sortKey: { name: tableKeys.sort, type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      timeToLiveAttribute: expiryAttribute,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: keepData },
      deletionProtection: keepData,
      removalPolicy: keepData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    if (!keepData) {
      Validations.of(this).acknowledge({
        id: 'AwsSolutions::AwsSolutions-DDB3',
        reason:
          'This stage holds invented people and goes away with its stack; production, which keeps its data, has point-in-time recovery.',
      });
    }
    table.addGlobalSecondaryIndex({
      indexName: openIndex.name,
      partitionKey: { name: openIndex.partition, type: AttributeType.STRING },
      sortKey: { name: openIndex.sort, type: AttributeType.STRING },
      projectionType: ProjectionType.INCLUDE,
      nonKeyAttributes: [...openIndex.projected],
    });
    return table;
  }

  /**
   * Allows these actions on items whose partition key fits one of the patterns, and on no others.
   */
  statement({ actions, partitions }: TableAccess): PolicyStatement {
    return allowed(actions, partitions, this.arn);
  }

  /** Allows queries of the index, in these partitions of the index only. */
  listStatement(partitions: readonly string[]): PolicyStatement {
    return allowed(['Query'], partitions, `${this.arn}/index/${openIndex.name}`);
  }
}

const allowed = (actions: readonly string[], partitions: readonly string[], resource: string) =>
  new PolicyStatement({
    effect: Effect.ALLOW,
    actions: actions.map((action) => `dynamodb:${action}`),
    resources: [resource],
    conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...partitions] } },
  });
