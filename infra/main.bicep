// CustomerComm on Azure: everything the serverless host needs, in one resource group. See README.md beside this file.

import { Limits, Names, Tags } from 'modules/types.bicep'

@description('Short name that all names begin with, e.g. cc-prod.')
@minLength(3)
@maxLength(14)
param namePrefix string

param location string = resourceGroup().location

param tags Tags = { application: 'CustomerComm' }

@description('Address that people reach the site at, without a slash at the end; empty: the app\'s own.')
param publicUrl string = ''

@description('The company\'s number for text messages, E.164; bought after the first deployment, see README.md.')
param smsNumber string

@description('Who gets the alerts.')
param alertEmail string

@description('The master key, 32 bytes as base64; given once, at the first deployment. Empty: the vault\'s stays.')
@secure()
param masterKey string = ''

@description('Spreads storage and app over the zones of the region, which must have them.')
param zoneRedundant bool

@description('Locks data account and vault against deletion, and makes the vault\'s secrets unpurgeable.')
param protected bool

@description('Days that a published anchor cannot be changed by anybody. Lock the policy once it is right.')
param anchorDays int

@description('Days that a removed or overwritten blob or secret can be brought back.')
@minValue(7)
@maxValue(90)
param softDeleteDays int

@description('Days that logs, traces and metrics are kept; they hold nothing personal.')
param logDays int

@description('Most GB of logs in a day; -1 for no limit.')
param logDailyGb int

@description('Where Communication Services keeps its data.')
param communicationDataLocation string

param botSku 'F0' | 'S1'

@description('Lets people chat in Teams too.')
param teams bool = false

param mostInstances int = 40
param instanceMb 512 | 2048 | 4096 = 2048
param alwaysReady int
param limits Limits

var unique = uniqueString(resourceGroup().id, namePrefix)
var short = replace(toLower(namePrefix), '-', '')
var names Names = {
  identity: '${namePrefix}-id'
  hostAccount: take('${short}host${unique}', 24)
  dataAccount: take('${short}data${unique}', 24)
  vault: take('${namePrefix}-${unique}', 24)
  anchorKey: 'anchors'
  communication: '${namePrefix}-comm-${take(unique, 6)}'
  topic: '${namePrefix}-sms-events'
  bot: '${namePrefix}-bot-${take(unique, 6)}'
  app: '${namePrefix}-app-${take(unique, 6)}'
  packages: 'packages'
  deadLetters: 'dead-letters'
  company: 'company'
  payloads: 'payloads'
  anchors: 'anchors'
  smsEvents: 'sms-events'
  poison: 'sms-events-poison'
  indexTables: [
    'Due'
    'Open'
    'Obligation'
    'Conformity'
    'Place'
    'OrderList'
    'Closed'
    'Notice'
    'NoticeReceipt'
    'Stopped'
    'Own'
    'OrderLink'
    'Caller'
    'DataRequestLink'
    'NoticeSubscriber'
    'Access'
  ]
  recordTables: [
    'Streams'
    'PersonKeys'
    'AccessCleared'
    'CallMonth'
    'Call'
    'Complaint'
    'Contact'
    'DataRequest'
    'Job'
    'Measure'
    'Outside'
    'Meeting'
    'Month'
    'NoticeDelivery'
    'NumberAudit'
    'Order'
    'Review'
    'Revisit'
    'RevisitSample'
    'Step'
    'SurveyAnswer'
    'SurveyPass'
    'SurveyResult'
    'Survey'
    'Witness'
  ]
}
var appUrl = 'https://${names.app}.azurewebsites.net'

module identity 'modules/identity.bicep' = {
  params: {
    location: location
    name: names.identity
    tags: tags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  params: {
    location: location
    namePrefix: namePrefix
    tags: tags
    retentionDays: logDays
    dailyCapGb: logDailyGb
    alertEmail: alertEmail
  }
}

module hostStorage 'modules/hostStorage.bicep' = {
  params: {
    location: location
    names: names
    tags: tags
    zoneRedundant: zoneRedundant
    deadLetterDays: 30
  }
}

module dataStorage 'modules/dataStorage.bicep' = {
  params: {
    location: location
    names: names
    tags: tags
    zoneRedundant: zoneRedundant
    softDeleteDays: softDeleteDays
    anchorDays: anchorDays
    locked: protected
    workspaceId: monitoring.outputs.workspaceId
  }
}

module communication 'modules/communication.bicep' = {
  params: {
    names: names
    tags: tags
    dataLocation: communicationDataLocation
  }
}

module bot 'modules/bot.bicep' = {
  params: {
    name: names.bot
    displayName: 'CustomerComm'
    tags: tags
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    endpoint: '${appUrl}/api/messages'
    teams: teams
    sku: botSku
  }
}

module keyVault 'modules/keyVault.bicep' = {
  dependsOn: [bot]
  params: {
    location: location
    names: names
    tags: tags
    softDeleteDays: softDeleteDays
    purgeProtection: protected
    locked: protected
    masterKey: masterKey
  }
}

module access 'modules/access.bicep' = {
  dependsOn: [hostStorage, dataStorage, keyVault]
  params: {
    namePrefix: namePrefix
    names: names
    appPrincipalId: identity.outputs.principalId
    topicPrincipalId: communication.outputs.topicPrincipalId
  }
}

module smsEvents 'modules/smsEvents.bicep' = {
  dependsOn: [access]
  params: {
    names: names
    dataAccountId: dataStorage.outputs.id
    hostAccountId: hostStorage.outputs.id
  }
}

module app 'modules/functionApp.bicep' = {
  dependsOn: [access]
  params: {
    location: location
    names: names
    tags: tags
    zoneRedundant: zoneRedundant
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    packagesUrl: hostStorage.outputs.packagesUrl
    mostInstances: mostInstances
    instanceMb: instanceMb
    alwaysReady: alwaysReady
    publicUrl: empty(publicUrl) ? appUrl : publicUrl
    smsNumber: smsNumber
    tablesEndpoint: dataStorage.outputs.tablesEndpoint
    blobsEndpoint: dataStorage.outputs.blobsEndpoint
    queuesEndpoint: dataStorage.outputs.queuesEndpoint
    communicationEndpoint: communication.outputs.endpoint
    masterKeyUri: keyVault.outputs.masterKeyUri
    anchorKeyId: keyVault.outputs.anchorKeyId
    directLineUri: keyVault.outputs.directLineUri
    insightsConnectionString: monitoring.outputs.insightsConnectionString
  }
}

module alerts 'modules/alerts.bicep' = {
  params: {
    location: location
    namePrefix: namePrefix
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    actionGroupId: monitoring.outputs.actionGroupId
    topicId: smsEvents.outputs.topicId
    poison: names.poison
    limits: limits
  }
}

@description('Name of the function app, for publishing.')
output appName string = names.app
@description('Where the site is.')
output appUrl string = 'https://${app.outputs.hostName}'
@description('Account that the company\'s files go to.')
output dataAccount string = names.dataAccount
@description('Container of the company\'s files.')
output companyContainer string = names.company
@description('Where the number for text messages is bought.')
output communicationName string = names.communication
