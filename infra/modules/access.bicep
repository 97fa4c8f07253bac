// Every right that the app and the event topic have, each with its reason. Nothing else is granted anywhere.

import { Names } from 'types.bicep'

param namePrefix string
param names Names
param appPrincipalId string
param topicPrincipalId string

resource hostAccount 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: names.hostAccount

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource deadLetters 'containers' existing = {
      name: names.deadLetters
    }
  }
}

resource dataAccount 'Microsoft.Storage/storageAccounts@2026-09-01' existing = {
  name: names.dataAccount

  resource tableService 'tableServices' existing = {
    name: 'default'
  }

  resource blobs 'blobServices' existing = {
    name: 'default'

    resource company 'containers' existing = {
      name: names.company
    }

    resource payloads 'containers' existing = {
      name: names.payloads
    }

    resource anchors 'containers' existing = {
      name: names.anchors
    }
  }

  resource queueService 'queueServices' existing = {
    name: 'default'

    resource smsEvents 'queues' existing = {
      name: names.smsEvents
    }

    resource poison 'queues' existing = {
      name: names.poison
    }
  }
}

resource index 'Microsoft.Storage/storageAccounts/tableServices/tables@2026-09-01' existing = [
  for table in names.indexTables: {
    parent: dataAccount::tableService
    name: table
  }
]

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' existing = {
  name: names.vault

  resource anchorKey 'keys' existing = {
    name: names.anchorKey
  }
}

resource communication 'Microsoft.Communication/communicationServices@2026-03-18' existing = {
  name: names.communication
}

// Records are written and never taken away: the built-in contributor may delete, this one may not. Nor may it make
// tables or containers: those are made here.
resource recordKeeper 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'record-keeper')
  properties: {
    roleName: '${namePrefix} record keeper'
    description: 'Reads, adds and replaces rows of tables; deletes none.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        dataActions: [
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/read'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/add/action'
          'Microsoft.Storage/storageAccounts/tableServices/tables/entities/update/action'
        ]
      }
    ]
  }
}

resource textKeeper 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'text-keeper')
  properties: {
    roleName: '${namePrefix} text keeper'
    description: 'Reads and writes blobs; deletes none.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        dataActions: [
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read'
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write'
          'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action'
        ]
      }
    ]
  }
}

// The service has no data action for sending; read and write is what its documents ask for. No keys, no delete.
resource textSender 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'text-sender')
  properties: {
    roleName: '${namePrefix} text sender'
    description: 'Sends text messages; reads no keys.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        actions: [
          'Microsoft.Communication/CommunicationServices/Read'
          'Microsoft.Communication/CommunicationServices/Write'
        ]
      }
    ]
  }
}

// Signs with a key and reads its public half; the vault gives the private one to nobody. No encrypting, no new versions.
resource rootSigner 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'root-signer')
  properties: {
    roleName: '${namePrefix} root signer'
    description: 'Signs the roots of the ledger; changes no key.'
    type: 'CustomRole'
    assignableScopes: [resourceGroup().id]
    permissions: [
      {
        dataActions: [
          'Microsoft.KeyVault/vaults/keys/read'
          'Microsoft.KeyVault/vaults/keys/sign/action'
        ]
      }
    ]
  }
}

// Host account: the Functions runtime keeps its leases, keys and timers in blobs and asks for ownership of them.
resource hostBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, names.app, 'Storage Blob Data Owner')
  scope: hostAccount
  properties: {
    roleDefinitionId: roleDefinitions('Storage Blob Data Owner').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Host account: Durable makes and empties its queues itself.
resource hostQueues 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, names.app, 'Storage Queue Data Contributor')
  scope: hostAccount
  properties: {
    roleDefinitionId: roleDefinitions('Storage Queue Data Contributor').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Host account: Durable keeps histories and instances in tables of its own; nothing of record is in them.
resource hostTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, names.app, 'Storage Table Data Contributor')
  scope: hostAccount
  properties: {
    roleDefinitionId: roleDefinitions('Storage Table Data Contributor').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Data account: all tables are read, added to and replaced in.
resource records 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.app, recordKeeper.name)
  scope: dataAccount::tableService
  properties: {
    roleDefinitionId: recordKeeper.id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Data account: rows of these few tables go when what they announce is done.
resource indexRows 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (table, i) in names.indexTables: {
    name: guid(dataAccount.id, table, names.app, 'Storage Table Data Contributor')
    scope: index[i]
    properties: {
      roleDefinitionId: roleDefinitions('Storage Table Data Contributor').id
      principalId: appPrincipalId
      principalType: 'ServicePrincipal'
    }
  }
]

// Company container: the app reads the company's and the policy file; only people put them there.
resource companyFiles 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.company, names.app, 'Storage Blob Data Reader')
  scope: dataAccount::blobs::company
  properties: {
    roleDefinitionId: roleDefinitions('Storage Blob Data Reader').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Payloads container: long texts and attachments are written and read; versions keep what is written over.
resource payloads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.payloads, names.app, textKeeper.name)
  scope: dataAccount::blobs::payloads
  properties: {
    roleDefinitionId: textKeeper.id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Anchors container: published once a day; the container itself refuses changes.
resource anchors 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.anchors, names.app, textKeeper.name)
  scope: dataAccount::blobs::anchors
  properties: {
    roleDefinitionId: textKeeper.id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Queue of text-message events: the trigger takes messages, removes the ones handled, counts how many wait, and gives one
// that failed back at once, which is an update: without that right a bad event stops the whole host.
resource takeEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.smsEvents, names.app, 'Storage Queue Data Contributor')
  scope: dataAccount::queueService::smsEvents
  properties: {
    roleDefinitionId: roleDefinitions('Storage Queue Data Contributor').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Poison queue: the trigger puts aside what failed five times; only people take it out.
resource putAside 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.poison, names.app, 'Storage Queue Data Message Sender')
  scope: dataAccount::queueService::poison
  properties: {
    roleDefinitionId: roleDefinitions('Storage Queue Data Message Sender').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Vault: settings that refer to the two secrets read their values; nothing is listed or written.
resource secrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, names.app, 'Key Vault Secrets User')
  scope: vault
  properties: {
    roleDefinitionId: roleDefinitions('Key Vault Secrets User').id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Vault: the ledger's roots are signed with the one key.
resource signRoots 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, names.anchorKey, names.app, rootSigner.name)
  scope: vault::anchorKey
  properties: {
    roleDefinitionId: rootSigner.id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Communication Services: text messages to residents and staff.
resource texts 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(communication.id, names.app, textSender.name)
  scope: communication
  properties: {
    roleDefinitionId: textSender.id
    principalId: appPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Event Grid topic: puts events into the one queue.
resource deliverEvents 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(dataAccount.id, names.smsEvents, names.topic, 'Storage Queue Data Message Sender')
  scope: dataAccount::queueService::smsEvents
  properties: {
    roleDefinitionId: roleDefinitions('Storage Queue Data Message Sender').id
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
  }
}

// Event Grid topic: puts what it could not deliver into the one container.
resource deadLetters 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(hostAccount.id, names.deadLetters, names.topic, 'Storage Blob Data Contributor')
  scope: hostAccount::blobs::deadLetters
  properties: {
    roleDefinitionId: roleDefinitions('Storage Blob Data Contributor').id
    principalId: topicPrincipalId
    principalType: 'ServicePrincipal'
  }
}
