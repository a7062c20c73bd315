// A time of this device, as short as it may be: 19:42 today, 19:42 12/11/2026 on any other day.

const two = (number) => String(number).padStart(2, "0");

export function moment(at) {
  const then = new Date(at);
  const hour = `${two(then.getHours())}:${two(then.getMinutes())}`;
  const isToday = then.toDateString() === new Date().toDateString();
  return isToday ? hour : `${hour} ${two(then.getDate())}/${two(then.getMonth() + 1)}/${then.getFullYear()}`;
}
