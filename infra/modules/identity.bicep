// The one identity that the app runs as and signs in with; it is also the bot's identity.

import { Tags } from 'types.bicep'

param location string
param name string
param tags Tags

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

output id string = identity.id
output clientId string = identity.properties.clientId
output principalId string = identity.properties.principalId
