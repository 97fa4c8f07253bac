// What somebody must look at. The metrics are those of docs/telemetry.md; a test compares the names.

import { Limits, Tags } from 'types.bicep'

param location string
param namePrefix string
param tags Tags
param workspaceId string
param actionGroupId string
param topicId string
param poison string
param limits Limits

@description('One alert over a log query. It fires where the query\'s value is above the threshold.')
type LogAlert = {
  name: string
  title: string
  what: string
  query: string
  above: int
  @description('0 is the worst, 4 the least.')
  severity: int
}

var alerts LogAlert[] = [
  {
    name: 'overdue-obligations'
    title: 'Obligations are overdue'
    what: 'More obligations than usual passed their time; the desk shows whose.'
    query: 'AppMetrics | where Name == "customercomm.obligations.overdue" | summarize Value = max(Max)'
    above: limits.overdueObligations
    severity: 2
  }
  {
    name: 'outbox-age'
    title: 'Messages do not go out'
    what: 'The oldest message waits too long: look at the text-message service, then at the pump.'
    query: 'AppMetrics | where Name == "customercomm.outbox.age" | summarize Value = max(Max) / 60.0'
    above: limits.outboxMinutes
    severity: 1
  }
  {
    name: 'no-sweep'
    title: 'Nothing is swept'
    what: 'No sweep was counted for a quarter of an hour: deadlines may pass unseen.'
    query: 'AppMetrics | where Name == "customercomm.sweeps" | count | extend Value = iff(Count == 0, 1, 0)'
    above: 0
    severity: 1
  }
  {
    name: 'poison-messages'
    title: 'A text message was put aside'
    what: 'An event failed five times and lies in the poison queue; a person must read it.'
    query: 'StorageQueueLogs | where OperationName == "PutMessage" and Uri has "${poison}" | summarize Value = count()'
    above: 0
    severity: 1
  }
  {
    name: 'function-failures'
    title: 'Functions fail'
    what: 'Executions end in failure; the traces say which.'
    // What an asker did wrong (4xx) is no failure of ours; a function that is no page has no such code.
    query: 'AppRequests | where Success == false and not(toint(ResultCode) between (400 .. 499)) | summarize Value = count()'
    above: limits.failures
    severity: 2
  }
]

resource rules 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for alert in alerts: {
    name: '${namePrefix}-${alert.name}'
    location: location
    tags: tags
    kind: 'LogAlert'
    properties: {
      displayName: alert.title
      description: alert.what
      enabled: true
      severity: alert.severity
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT15M'
      autoMitigate: true
      // The tables come into being with the first record.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: alert.above
            failingPeriods: {
              numberOfEvaluationPeriods: 1
              minFailingPeriodsToAlert: 1
            }
          }
        ]
      }
      actions: { actionGroups: [actionGroupId] }
    }
  }
]

resource deadLettered 'Microsoft.Insights/metricAlerts@2026-01-01' = {
  name: '${namePrefix}-dead-letters'
  location: 'global'
  tags: tags
  properties: {
    description: 'Event Grid gave a text-message event up; it lies in the container dead-letters for a month.'
    enabled: true
    severity: 1
    scopes: [topicId]
    evaluationFrequency: 'PT5M'
    windowSize: 'PT15M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria'
      allOf: [
        {
          name: 'dead letters'
          criterionType: 'StaticThresholdCriterion'
          metricName: 'DeadLetteredCount'
          timeAggregation: 'Total'
          operator: 'GreaterThan'
          threshold: 0
        }
      ]
    }
    actions: [{ actionGroupId: actionGroupId }]
  }
}
