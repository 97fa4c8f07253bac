// What the company must never lose: cases, keys, rows, long texts, anchors. There is no lifecycle policy on this
// account on purpose: nothing here is ever removed by age.

import { Names, Tags } from 'types.bicep'

param location string
param names Names
param tags Tags
param zoneRedundant bool

@description('Days that an overwritten or removed blob can be brought back.')
@minValue(7)
@maxValue(365)
param softDeleteDays int

@description('Days that a published anchor can neither be changed nor removed by anybody.')
@minValue(1)
@maxValue(146000)
param anchorDays int

@description('Refuses to delete the account while the lock is there.')
param locked bool

@description('Where operations on the queues are logged, for the alert on poison messages.')
param workspaceId string

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: names.dataAccount
  location: location
  tags: tags
  sku: { name: zoneRedundant ? 'Standard_ZRS' : 'Standard_LRS' }
  kind: 'StorageV2'
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: '${names.dataAccount}-keep'
  scope: account
  properties: {
    level: 'CanNotDelete'
    notes: 'Holds the records of complaints; the procedure lets nothing of them be lost.'
  }
}

resource tableService 'Microsoft.Storage/storageAccounts/tableServices@2026-09-01' = {
  parent: account
  name: 'default'
}

// Every table the program uses is made here, so that rights can be given table by table.
resource tables 'Microsoft.Storage/storageAccounts/tableServices/tables@2026-09-01' = [
  for table in concat(names.recordTables, names.indexTables): {
    parent: tableService
    name: table
  }
]

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' = {
  parent: account
  name: 'default'
  properties: {
    isVersioningEnabled: true
    deleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
    containerDeleteRetentionPolicy: {
      enabled: true
      days: softDeleteDays
    }
  }
}

resource company 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: names.company
}

resource payloads 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: names.payloads
}

resource anchors 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: names.anchors
}

resource immutable 'Microsoft.Storage/storageAccounts/blobServices/containers/immutabilityPolicies@2026-09-01' = {
  parent: anchors
  name: 'default'
  properties: {
    immutabilityPeriodSinceCreationInDays: anchorDays
    allowProtectedAppendWrites: false
    allowProtectedAppendWritesAll: false
  }
}

resource queueService 'Microsoft.Storage/storageAccounts/queueServices@2026-09-01' = {
  parent: account
  name: 'default'
}

resource smsEvents 'Microsoft.Storage/storageAccounts/queueServices/queues@2026-09-01' = {
  parent: queueService
  name: names.smsEvents
}

resource poison 'Microsoft.Storage/storageAccounts/queueServices/queues@2026-09-01' = {
  parent: queueService
  name: names.poison
}

// The account counts messages only once an hour; the log shows at once that one was put aside.
// It has had no stable version since 2016; this one is what the service's own documents use.
#disable-next-line use-recent-api-versions
resource queueLog 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'queue-writes'
  scope: queueService
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'StorageWrite'
        enabled: true
      }
    ]
  }
}

output id string = account.id
output tablesEndpoint string = account.properties.primaryEndpoints.table
output blobsEndpoint string = account.properties.primaryEndpoints.blob
output queuesEndpoint string = account.properties.primaryEndpoints.queue
