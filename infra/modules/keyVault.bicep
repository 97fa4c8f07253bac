// The master key, the key that signs the ledger's roots, and the chat's secret. Rights are roles on the vault; nothing is ever purged before its time.

import { Names, Tags } from 'types.bicep'

param location string
param names Names
param tags Tags
param softDeleteDays int

@description('Makes it impossible, for good, to destroy the vault or a secret before the soft-delete time is over.')
param purgeProtection bool

@description('Refuses to delete the vault while the lock is there.')
param locked bool

@description('The master key, 32 bytes as base64, at the first deployment; empty: the one in the vault stays.')
@secure()
param masterKey string

resource vault 'Microsoft.KeyVault/vaults@2026-05-15' = {
  name: names.vault
  location: location
  tags: tags
  properties: {
    tenantId: subscription().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: softDeleteDays
    // The service takes only true or nothing.
    enablePurgeProtection: purgeProtection ? true : null
  }
}

resource lock 'Microsoft.Authorization/locks@2020-05-01' = if (locked) {
  name: '${names.vault}-keep'
  scope: vault
  properties: {
    level: 'CanNotDelete'
    notes: 'Without the master key no signing link and no pseudonym can be made again.'
  }
}

resource master 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = if (!empty(masterKey)) {
  parent: vault
  name: 'master-key'
  properties: {
    value: masterKey
    contentType: '32 bytes, base64'
  }
}

// Signs the ledger's roots. Its private half never leaves the vault; deploying again leaves it as it is.
resource anchorKey 'Microsoft.KeyVault/vaults/keys@2026-05-15' = {
  parent: vault
  name: names.anchorKey
  properties: {
    kty: 'EC'
    curveName: 'P-256'
    keyOps: ['sign', 'verify']
  }
}

resource bot 'Microsoft.BotService/botServices@2022-09-15' existing = {
  name: names.bot

  resource directLine 'channels' existing = {
    name: 'DirectLineChannel'
  }
}

resource directLineSecret 'Microsoft.KeyVault/vaults/secrets@2026-05-15' = {
  parent: vault
  name: 'direct-line'
  properties: {
    value: bot::directLine.listChannelWithKeys().setting.sites[0].key
  }
}

output masterKeyUri string = '${vault.properties.vaultUri}secrets/master-key'
output anchorKeyId string = anchorKey.properties.keyUriWithVersion
output directLineUri string = directLineSecret.properties.secretUri
