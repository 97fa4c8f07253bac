// The plan and the app. Every setting here is read by the program or by the Functions host; a test compares.

import { Names, Tags } from 'types.bicep'

param location string
param names Names
param tags Tags
param zoneRedundant bool
param identityId string
param identityClientId string

@description('Container that the program package is put into.')
param packagesUrl string

@description('Most instances at once.')
@minValue(1)
@maxValue(1000)
param mostInstances int

@allowed([512, 2048, 4096])
param instanceMb int

@description('Instances always kept ready for requests of people; 0: the first request after a pause waits.')
param alwaysReady int

param publicUrl string
param smsNumber string
param tablesEndpoint string
param blobsEndpoint string
param queuesEndpoint string
param communicationEndpoint string
param masterKeyUri string
param anchorKeyId string
param directLineUri string
param insightsConnectionString string

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: '${names.app}-plan'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    name: 'FC1'
    tier: 'FlexConsumption'
  }
  properties: {
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: names.app
  location: location
  tags: tags
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    keyVaultReferenceIdentity: identityId
    siteConfig: {
      minTlsVersion: '1.2'
      http20Enabled: true
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packagesUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        maximumInstanceCount: mostInstances
        instanceMemoryMB: instanceMb
        alwaysReady: alwaysReady == 0
          ? []
          : [
              {
                name: 'http'
                instanceCount: alwaysReady
              }
            ]
      }
    }
  }

  resource settings 'config' = {
    name: 'appsettings'
    properties: {
      APPLICATIONINSIGHTS_CONNECTION_STRING: insightsConnectionString
      AZURE_CLIENT_ID: identityClientId
      AzureWebJobsStorage__accountName: names.hostAccount
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      SmsEvents__queueServiceUri: queuesEndpoint
      SmsEvents__credential: 'managedidentity'
      SmsEvents__clientId: identityClientId
      CustomerComm__PublicUrl: publicUrl
      CustomerComm__SmsNumber: smsNumber
      CustomerComm__Storage__TableEndpoint: tablesEndpoint
      CustomerComm__Storage__BlobEndpoint: blobsEndpoint
      CustomerComm__Sms__Endpoint: communicationEndpoint
      CustomerComm__CompanyContainer: names.company
      CustomerComm__MasterKey: '@Microsoft.KeyVault(SecretUri=${masterKeyUri})'
      CustomerComm__AnchorKeyId: anchorKeyId
      DirectLineSecret: '@Microsoft.KeyVault(SecretUri=${directLineUri})'
      MicrosoftAppId: identityClientId
      MicrosoftAppType: 'UserAssignedMSI'
      MicrosoftAppTenantId: subscription().tenantId
      AzureWebJobsDisableHomepage: 'true'
    }
  }
}

// No passwords for publishing: only identities may.
resource noFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: { allow: false }
}

resource noScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: { allow: false }
}

output hostName string = app.properties.defaultHostName
