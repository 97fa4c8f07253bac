// Text messages: the service, and its events delivered to our queue by an identity of their own.

import { Names, Tags } from 'types.bicep'

param names Names
param tags Tags

@description('Where the service keeps its data, e.g. Europe or Asia Pacific.')
param dataLocation string

resource service 'Microsoft.Communication/communicationServices@2026-03-18' = {
  name: names.communication
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    disableLocalAuth: true
  }
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: names.topic
  location: 'global'
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: service.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
}

output endpoint string = 'https://${service.properties.hostName}'
output topicPrincipalId string = topic.identity.principalId
