global using CustomerComm.Testing;
global using CustomerComm.Testing.Stores;
global using Xunit;
