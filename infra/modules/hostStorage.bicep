// What the Functions host keeps for itself: program package, leases, Durable state, dead letters. Nothing of record.

import { Names, Tags } from 'types.bicep'

param location string
param names Names
param tags Tags
param zoneRedundant bool

@description('Days after which an event that could not be delivered is removed; it holds a phone number and a text.')
param deadLetterDays int

resource account 'Microsoft.Storage/storageAccounts@2026-09-01' = {
  name: names.hostAccount
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

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2026-09-01' = {
  parent: account
  name: 'default'
}

resource packages 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: names.packages
}

resource deadLetters 'Microsoft.Storage/storageAccounts/blobServices/containers@2026-09-01' = {
  parent: blobs
  name: names.deadLetters
}

resource expiry 'Microsoft.Storage/storageAccounts/managementPolicies@2026-09-01' = {
  parent: account
  name: 'default'
  properties: {
    policy: {
      rules: [
        {
          name: 'expire-dead-letters'
          type: 'Lifecycle'
          definition: {
            filters: {
              blobTypes: ['blockBlob']
              prefixMatch: ['${deadLetters.name}/']
            }
            actions: { baseBlob: { delete: { daysAfterCreationGreaterThan: deadLetterDays } } }
          }
        }
      ]
    }
  }
}

output id string = account.id
output packagesUrl string = '${account.properties.primaryEndpoints.blob}${packages.name}'
