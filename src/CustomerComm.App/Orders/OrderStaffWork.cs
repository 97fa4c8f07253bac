using CustomerComm.App.Conversations;
using CustomerComm.App.Matters;
using CustomerComm.App.Messages;
using CustomerComm.Domain;
using CustomerComm.Domain.Directory;
using CustomerComm.Domain.Orders;

namespace CustomerComm.App.Orders;

/// <summary>Orders, as staff work on them by text message.</summary>
internal sealed class OrderStaffWork(OrderKind kind, TimeProvider time)
    : StaffWork<OrderMatter, Order, OrderCommand, OrderEvent>(kind, time)
{
    public override string KeyOf(StaffDo what) => what switch
    {
        StaffDo.Accept => "Order.Staff.Accepted",
        StaffDo.Decline => "Order.Staff.Declined",
        StaffDo.Finish or StaffDo.Send => "Order.Staff.Finished",
        StaffDo.Tell => "Order.Staff.Told",
        StaffDo.Look => "Staff.About",
        _ => "Staff.Noted",
    };

    protected override bool Exists(Order s, StaffMember member) => true;

    protected override StaffMatter Of(LoadedMatter<Order> matter, StaffMember member)
    {
        var s = matter.State;
        var own = s.Worker == member.Id;
        return new StaffMatter(
            matter.Stream, Texts.Name(s.Stage, Languages.Default), Due(s, s.Due), s.Reopened + 1,
            own && s.Stage == OrderStage.Assigned, own,
            own && s.Stage is OrderStage.Assigned or OrderStage.InProgress);
    }

    protected override OrderCommand Finish(string text) => new OrderCommand.Finish(text);

    protected override OrderCommand CommandOf(StaffDeed deed) => deed.Do switch
    {
        StaffDo.Accept => new OrderCommand.Accept(),
        StaffDo.Decline => new OrderCommand.Decline(deed.Text),
        StaffDo.Finish or StaffDo.Send => Finish(deed.Text),
        StaffDo.Tell => new OrderCommand.TellProgress(deed.Text),
        StaffDo.Note => new OrderCommand.Note(Channel.Sms, deed.Text),
        _ => throw new InvalidOperationException($"{deed.Do} is no command."),
    };
}
