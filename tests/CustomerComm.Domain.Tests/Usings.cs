global using CustomerComm.Domain.Complaints;
global using CustomerComm.Domain.Directory;
global using CustomerComm.Testing;
global using CustomerComm.Testing.Complaints;
global using Xunit;
