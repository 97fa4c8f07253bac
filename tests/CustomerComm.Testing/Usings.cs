global using CustomerComm.Domain.Complaints;
global using Xunit;
global using Track = CustomerComm.Domain.Matters.Tracking<
    CustomerComm.Domain.Complaints.ComplaintMatter, CustomerComm.Domain.Complaints.Complaint,
    CustomerComm.Domain.Complaints.ComplaintCommand, CustomerComm.Domain.Complaints.ComplaintEvent>;
